"""A house of real processes for the drills: database, broker, workers and sweeper, all of them ours to kill."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Literal

from tests import services

if TYPE_CHECKING:
    from tests.faults.servers import OwnPostgres, OwnRabbit, OwnRedis

Profile = Literal["embedded", "servers", "rabbitmq"]
"""SQLite and a queue in files, or PostgreSQL and a Redis of our own, or PostgreSQL and a RabbitMQ of our own."""

ROOT = Path(__file__).parents[2]
LEASE_SECONDS = 2
_QUICK = {
    "DANEGELD_RUN_LEASE_SECONDS": str(LEASE_SECONDS),
    "DANEGELD_SWEEP_SECONDS": "1",
    "DANEGELD_RUN_HINT_AGAIN_SECONDS": "2",
    "DANEGELD_RUN_BACKOFF": "0,1,2",
    "DANEGELD_LOG_LEVEL": "ERROR",
    # What is broken here are processes; the distribution may be coarse.
    "DANEGELD_RUN_DRAWS": os.environ.get("DANEGELD_DRILL_DRAWS", "64"),
    "DANEGELD_API_RATE": "100000/min",
    "DANEGELD_API_RUN_RATE": "100000/min",
}


class Process:
    """One program in a group of its own."""

    def __init__(self, arguments: list[str], environment: dict[str, str], log: Path) -> None:
        with log.open("ab") as output:
            self._popen = subprocess.Popen(
                arguments,
                cwd=ROOT,
                env=environment,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def pid(self) -> int:
        """The program's own process."""
        return self._popen.pid

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the program and everything it has started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._popen.pid, number)

    def kill(self) -> None:
        """End the whole group without warning."""
        self.send(signal.SIGKILL)
        self._popen.wait()

    def stop(self, seconds: float = 30.0) -> float:
        """Send TERM to the program alone, as a supervisor does; return how long it took to end."""
        began = time.monotonic()
        self._popen.send_signal(signal.SIGTERM)
        self._popen.wait(timeout=seconds)
        return time.monotonic() - began

    @property
    def ended(self) -> bool:
        """Whether the program has ended."""
        return self._popen.poll() is not None


class House:
    """Everything one drill needs. Use `with house(profile) as h`; inside, Django is set up on the house's database."""

    def __init__(self, profile: Profile, folder: Path, environment: dict[str, str]) -> None:
        self.profile = profile
        self.folder = folder
        self.environment = environment
        self.diary = folder / "diary"
        self.diary.touch()
        self.log = folder / "log"
        self.broker: OwnRedis | OwnRabbit | None = None
        self.postgres: OwnPostgres | None = None
        self._processes: list[Process] = []

    def worker(self, *, seconds: float = 0.0, poison: int = -1, concurrency: int = 2) -> Process:
        """Start a worker whose runs take at least so many seconds."""
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "ERROR"]
        name = f"{uuid.uuid4().hex}@house"
        return self.start(
            [
                *("-m", "celery", "-A", "tests.faults.worker", "--quiet", "worker", "--pool", "prefork"),
                *("--concurrency", str(concurrency), "--hostname", name, *quiet),
            ],
            DANEGELD_DRILL_SECONDS=str(seconds),
            DANEGELD_DRILL_POISON=str(poison),
            DANEGELD_DRILL_DIARY=str(self.diary),
        )

    def web(self, processes: int = 1) -> int:
        """Start the web server and return its port once it answers."""
        port = free_port()
        address = ["--bind", f"127.0.0.1:{port}", "--no-control-socket"]
        how = ["--worker-class", "gthread", "--threads", "8", "--workers", str(processes)]
        self.start(["-m", "gunicorn", "config.wsgi", *address, *how])
        wait_until(lambda: listens(port), seconds=60)
        return port

    def sweeper(self) -> Process:
        """Start the sweeper."""
        return self.start(["manage.py", "sweep"])

    def start(self, arguments: list[str], **environment: str) -> Process:
        """Start a Python program of this house."""
        return self.program([sys.executable, *arguments], **environment)

    def program(self, arguments: list[str], **environment: str) -> Process:
        """Start any program of this house."""
        process = Process(arguments, {**self.environment, **environment}, self.log)
        self._processes.append(process)
        return process

    def noted(self, word: str) -> list[str]:
        """Return the run ids the diary has under this word, in order."""
        lines = [line.split() for line in self.diary.read_text(encoding="utf-8").splitlines()]
        return [run_id for noted, run_id in lines if noted == word]

    def close(self) -> None:
        """End every process that is left."""
        for process in reversed(self._processes):
            process.send(signal.SIGCONT)
            process.kill()


@contextlib.contextmanager
def house(profile: Profile, *, own_database: bool = False) -> Iterator[House]:
    """Build a house, set Django up in it, and leave nothing behind. `own_database`: with a PostgreSQL of its own."""
    folder = Path(mkdtemp(prefix="danegeld-drill-"))
    environment = {
        **os.environ,
        **_QUICK,
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DANEGELD_VAR_DIR": str(folder),
        "PYTHONWARNINGS": "ignore",
    }
    environment.pop("DANEGELD_DATABASE_URL", None)
    environment.pop("DANEGELD_BROKER_URL", None)
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        built = House(profile, folder, environment)
        stack.callback(built.close)
        if profile == "embedded":
            for name in ("messages", "control"):
                (folder / "queue" / name).mkdir(parents=True)
        else:
            _add_servers(built, stack, own_database=own_database)
        _set_up_django(environment)
        stack.callback(_close_connections)
        try:
            yield built
        except BaseException:
            sys.stderr.write(built.log.read_text(encoding="utf-8", errors="replace")[-4000:])
            raise


def _add_servers(built: House, stack: contextlib.ExitStack, *, own_database: bool) -> None:
    from tests.faults import servers

    if own_database:
        built.postgres = servers.OwnPostgres(built)
        stack.callback(built.postgres.stop, "immediate")
        built.environment["DANEGELD_DATABASE_URL"] = built.postgres.url
    else:
        built.environment["DANEGELD_DATABASE_URL"] = stack.enter_context(new_database())
    built.broker = servers.OwnRabbit(built) if built.profile == "rabbitmq" else servers.OwnRedis(built)
    built.environment["DANEGELD_BROKER_URL"] = built.broker.url


def wait_until(condition: Callable[[], bool], *, seconds: float) -> float:
    """Wait for a condition, look twenty times a second; return how long it took, raise TimeoutError when too long."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"not within {seconds} s: {condition}")
        time.sleep(0.05)
    return time.monotonic() - began


def free_port() -> int:
    """Return a port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Whether somebody takes connections at this port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def new_database() -> Iterator[str]:
    """Make an empty database on the shared server, give its address, and drop it."""
    import psycopg
    from psycopg import sql

    name = f"danegeld_drill_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(services.POSTGRES_URL, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield services.POSTGRES_URL.rpartition("/")[0] + f"/{name}"
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _set_up_django(environment: dict[str, str]) -> None:
    os.environ.update(environment)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
