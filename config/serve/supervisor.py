"""Keeps the children running until told to stop."""

import http.client
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from config.serve.child import Child, die_with_parent

STOP_SECONDS = 25.0
"""How long the children may take to finish what they are doing."""
_TICK_SECONDS = 1.0
_START_TICK_SECONDS = 0.1


class Supervisor:
    """Starts children, restarts those that end, stops all of them on TERM, INT or HUP."""

    def __init__(self, children: Sequence[Child], *, say: Callable[[str], None], host: str, port: int) -> None:
        self.children = children
        self.say = say
        self.host = host
        self.port = port
        self._stopping = False
        # Set by signal handlers: wakes the loop at once, where a plain sleep would be resumed.
        self._wake = threading.Event()

    def run(self) -> None:
        """Run until a signal asks to stop; when this returns no child is left."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._on_stop)
        signal.signal(signal.SIGCHLD, self._on_child)
        if "MAKELEVEL" in os.environ:
            # A `make` that is killed by force cannot pass the signal on.
            die_with_parent()
        try:
            self._loop()
        finally:
            self._stop_children()

    def _loop(self) -> None:
        announced = False
        while not self._stopping:
            for child in self.children:
                if child.look_after():
                    self.say(f"{child.name} ended ({_reason(child.ended_with)}); it starts again.")
            if not announced and _answers(self.host, self.port):
                announced = True
                self.say(f"Danegeld runs at http://{_shown(self.host)}:{self.port}/ (stop with Ctrl-C)")
            self._wake.wait(
                _TICK_SECONDS if announced and all(c.process for c in self.children) else _START_TICK_SECONDS
            )
            self._wake.clear()

    def _stop_children(self) -> None:
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.stop_by(deadline)
        self.say("Danegeld has stopped.")

    def _on_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True
        self._wake.set()

    def _on_child(self, _number: int, _frame: FrameType | None) -> None:
        self._wake.set()


def children_of(folder: Path, *, host: str, port: int, processes: int, threads: int) -> list[Child]:
    """Return web, worker and sweeper, ready to start with this interpreter and environment."""
    # Celery warns when root runs it, because of pickled messages. Ours are JSON and nothing else is accepted.
    quiet = "ignore:You're running the worker with superuser"
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": quiet}
    programs = {
        "web": _web(host, port, processes, threads),
        "worker": _worker(),
        "sweeper": ["manage.py", "sweep"],
    }
    return [
        Child(name, [sys.executable, *arguments], folder, environment, clock=time.monotonic)
        for name, arguments in programs.items()
    ]


def _web(host: str, port: int, processes: int, threads: int) -> list[str]:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    # The heartbeat file of a web process must not lie on a slow disk: gunicorn would take a pause for a hang.
    memory = ["--worker-tmp-dir", "/dev/shm"] if Path("/dev/shm").is_dir() else []  # noqa: S108 - gunicorn makes its own names in it
    return [
        *("-m", "gunicorn", "config.wsgi", "--bind", address, "--no-control-socket", "--log-level", "warning"),
        *("--worker-class", "gthread", "--workers", str(processes), "--threads", str(threads)),
        *("--timeout", "60", "--graceful-timeout", "20", *memory),
    ]


def _worker() -> list[str]:
    # Gossip, mingle and heartbeat are for workers that talk to each other; ours talk through the database.
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING"]
    return [
        "-m",
        "celery",
        "-A",
        "config.celery",
        "--quiet",
        "worker",
        "--pool",
        "prefork",
        "--concurrency",
        "1",
        *quiet,
    ]


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(_shown(host), port, timeout=1)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _shown(host: str) -> str:
    """Return an address a person can open: the wildcard addresses are not one."""
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound


def _reason(status: int | None) -> str:
    if status is not None and status < 0:
        return f"killed by {signal.Signals(-status).name}"
    return f"status {status}"
