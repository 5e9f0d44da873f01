"""docs/operations.md, "As plain processes", done by a program: roles, migration, checks, three programs, one run."""

import json
import secrets
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

from tests.faults.house import ROOT, House, free_port, listens, wait_until
from tests.faults.parts import Figures, Size

_ONE_RUN = """
import time
from django_scopes import scope
from accounts.models import User
from accounts.operations import organisation_create
from planner.models import Run
from planner.operations.plan_edit import plan_create
from planner.operations.run_start import run_start
from planner.plan.examples import template
organisation = organisation_create(owner=User.objects.create_user("first@example.org"), name="First")
with scope(organisation=organisation):
    plan = plan_create(organisation=organisation, document=template("support-chat").json)
    run = run_start(plan=plan).run
    until = time.monotonic() + 240
    while Run.objects.get(pk=run.pk).is_live and time.monotonic() < until:
        time.sleep(0.5)
    print(Run.objects.get(pk=run.pk).state)
"""


def deployment(built: House, _size: Size) -> Figures:
    """Follow the page with PostgreSQL and Redis of the drill's own; say what the checks and the first run said."""
    assert built.postgres
    assert built.broker
    words = {name: secrets.token_hex(8) for name in ("owner", "app", "backup")}
    server = ["psql", "-h", "127.0.0.1", "-p", str(built.postgres.port), "-U", "postgres", "-d", "postgres"]
    for role, word in words.items():
        server += ["-v", f"{role}_password='{word}'"]
    subprocess.run([*server, "-f", "docker/roles.sql"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    def address(role: str) -> str:
        assert built.postgres
        return f"postgresql://danegeld_{role}:{words[role]}@127.0.0.1:{built.postgres.port}/danegeld"

    built.environment |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DANEGELD_SECRET_KEY": secrets.token_urlsafe(50),
        "DANEGELD_HOSTS": "danegeld.example.com",
        "DANEGELD_BROKER_URL": built.broker.url,
        "DANEGELD_CACHE_URL": built.broker.url.replace("/0", "/1"),
        "DANEGELD_STATIC_ROOT": str(built.folder / "collected"),
        "DANEGELD_BEHIND_PROXY": "true",
        "DANEGELD_PROXIES": "1",
        "DANEGELD_DATABASE_URL": address("owner"),
    }
    for command in (
        ["collectstatic", "--noinput"],
        ["migrate"],
        ["secure_database", "--app", "danegeld_app", "--backup", "danegeld_backup"],
        ["load_catalogue"],
    ):
        _manage(built, *command)
    built.environment["DANEGELD_DATABASE_URL"] = address("app")
    checked = _manage(built, "check", "--deploy", "--database", "default")
    port = free_port()
    serve = ["-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    built.start([*serve, "--worker-class", "gthread", "--threads", "8"])
    work = ["-m", "celery", "-A", "config.celery", "--quiet", "worker", "--pool", "prefork", "--concurrency", "2"]
    built.start([*work, "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING"])
    built.start(["manage.py", "sweep"])
    wait_until(lambda: listens(port), seconds=120)
    run = _manage(built, "shell", "--no-imports", "-c", _ONE_RUN).splitlines()[-1]
    ready = json.loads(_get(port, "/readyz"))
    _run_dump(built, address("backup"))
    return {
        "runs": 1,
        "check_deploy": checked.strip().rstrip("."),
        "first_run": run,
        "ready": ready["ready"],
        "mode": ready["mode"],
        "landing_page": "Danegeld" in _get(port, "/"),
        "backup_bytes": (built.folder / "danegeld.dump").stat().st_size,
        "violations": [],
    }


def _manage(built: House, *arguments: str) -> str:
    command = [sys.executable, str(Path(ROOT) / "manage.py"), *arguments]
    done = subprocess.run(command, cwd=ROOT, env=built.environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def _run_dump(built: House, url: str) -> None:
    file = str(built.folder / "danegeld.dump")
    subprocess.run(["pg_dump", "--format=custom", f"--file={file}", url], check=True)


def _get(port: int, path: str) -> str:
    headers = {"Host": "danegeld.example.com", "X-Forwarded-Proto": "https"}
    with urlopen(Request(f"http://127.0.0.1:{port}{path}", headers=headers), timeout=60) as answer:
        return str(answer.read().decode())
