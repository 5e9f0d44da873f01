"""Pages and interface under load: `python -m bench.load`, on PostgreSQL, with 10,000 plans and 20 people at once.

Starts gunicorn as docs/operations.md does, on a database of its own that it drops again, and writes the figures into
`docs/load.md`. A bare Django view that returns JSON, served by the same process, is the yardstick of the interface.
`--plans`, `--runs`, `--seconds` and `--processes` change the size, `--check` only prints.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.faults.house import free_port, house, listens, wait_until

PAGE = Path(__file__).resolve().parents[1] / "docs" / "load.md"
PEOPLE = 20
_HEAD = """# Under load

Written by `python -m bench.load` on {cpus} processor cores with PostgreSQL: {plans:,} plans in one organisation,
{people} people at once, gunicorn with {processes} processes of 8 threads. On pages a person looks at the answer for
a second before asking for the next one; programs ask the interface without a pause.

| what | answers a second | median, ms | p95, ms | errors |
| --- | --- | --- | --- | --- |
"""


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--plans", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=50, help="so many of the newest plans have a finished run")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--check", action="store_true", help="only print")
    wish = parser.parse_args()
    with house("servers") as built:
        built.environment["DANEGELD_CACHE_URL"] = built.environment["DANEGELD_BROKER_URL"].replace("/0", "/1")
        cookie, plan, run = _people_and_plans(wish.plans, wish.runs)
        port = free_port()
        server = ["-m", "gunicorn", "bench.load_application", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
        how = ["--worker-class", "gthread", "--threads", "8", "--workers", str(wish.processes)]
        built.start([*server, *how])
        wait_until(lambda: listens(port), seconds=60)
        paths = {
            "list of plans": "/plans",
            "last page of the list": f"/plans?page={-(-wish.plans // 50)}",
            "results page": f"/plans/{plan}",
            "interface: a finished run": f"/api/v1/runs/{run}",
            "bare Django view": "/bare.json",
        }
        figures = {
            name: _measured(
                partial(_ask, port, path, cookie), wish.seconds, 0.0 if "." in path or "api" in path else 1.0
            )
            for name, path in paths.items()
        }
    text = _page(figures, wish.plans, wish.processes)
    sys.stdout.write(text)
    if not wish.check:
        PAGE.write_text(text, encoding="utf-8")


def _page(figures: dict[str, tuple[list[float], int, float]], plans: int, processes: int) -> str:
    text = _HEAD.format(cpus=os.cpu_count(), plans=plans, people=PEOPLE, processes=processes)
    rates = {name: len(seconds) / elapsed for name, (seconds, _, elapsed) in figures.items()}
    for name, (seconds, errors, _elapsed) in figures.items():
        median, p95 = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
        text += f"| {name} | {rates[name]:.0f} | {1000 * median:.0f} | {1000 * p95:.0f} | {errors} |\n"
    share = rates["interface: a finished run"] / rates["bare Django view"]
    said = "times as often as the bare view in the same run (at least 0.25 is wanted)"
    return f"{text}\nThe interface answers {share:.2f} {said}.\n"


def _measured(ask: Callable[[], int], seconds: float, pause: float) -> tuple[list[float], int, float]:
    """Let everybody ask for so long; return how long each answer took, how many were no 200, and the time it was."""
    took: list[float] = []
    statuses: list[int] = []
    ask()
    began = time.perf_counter()

    def person() -> None:
        while time.perf_counter() - began < seconds:
            asked = time.perf_counter()
            statuses.append(ask())
            took.append(time.perf_counter() - asked)
            time.sleep(pause)

    threads = [threading.Thread(target=person) for _ in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took, sum(status != 200 for status in statuses), time.perf_counter() - began


def _ask(port: int, path: str, cookie: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _people_and_plans(count: int, runs: int) -> tuple[str, str, str]:
    """Store the plans, the newest with a finished run; return a session cookie, a plan's id and a run's id."""
    from django.conf import settings
    from django.test import Client
    from django_scopes import scope

    from accounts.models import User
    from accounts.operations import organisation_create
    from planner.operations.plan_edit import plan_create
    from planner.operations.run_execute import run_execute
    from planner.operations.run_start import run_start
    from planner.plan.examples import template

    settings.ALLOWED_HOSTS = ["*"]
    user = User.objects.create_user("load@example.org")
    organisation = organisation_create(owner=user, name="Load")
    document = json.loads(template("support-chat").json)
    with scope(organisation=organisation):
        for number in range(count):
            plan = plan_create(organisation=organisation, document={**document, "name": f"Plan {number}"})
            if number >= count - runs:
                run = run_start(plan=plan).run
                run_execute(run_id=run.id)
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return f"sessionid={client.cookies['sessionid'].value}", str(plan.id), str(run.id)


if __name__ == "__main__":
    main()
