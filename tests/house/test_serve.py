"""`manage.py serve` starts web, worker and sweeper, keeps them running, and leaves nothing behind."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.xdist_group("serve")

START_SECONDS = 60
STOP_SECONDS = 40


@dataclass
class Server:
    """A running `manage.py serve`, in a data folder of its own."""

    process: subprocess.Popen[str]
    port: int
    token: str

    def get(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def ready(self) -> bool:
        with contextlib.suppress(OSError):
            return self.get("/readyz")[0] == http.HTTPStatus.OK
        return False

    def processes(self) -> dict[int, str]:
        """Return process id -> command line of everything that belongs to this server and lives."""
        found = {}
        for folder in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if folder.name.isdigit() and self.token.encode() in (folder / "environ").read_bytes():
                    found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        return found

    def pid_of(self, part: str) -> int:
        """Return the oldest process whose command line has this part."""
        return min(pid for pid, line in self.processes().items() if part in line)


def wait_for(condition: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    token = f"serve-test-{os.getpid()}-{time.monotonic_ns()}"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DANEGELD_", "DJANGO_", "MAKE"))},
        "DANEGELD_VAR_DIR": str(tmp_path / "var"),
        "DANEGELD_TEST_TOKEN": token,
    }
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--prepare", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    started = Server(process, port, token)
    try:
        wait_for(started.ready, START_SECONDS, "/readyz answers 200")
        yield started
    finally:
        for pid in started.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.communicate(timeout=10)


def test_it_serves_and_stops_without_leaving_a_process(server: Server) -> None:
    status, body = server.get("/readyz")
    assert status == 200
    assert set(json.loads(body)["checks"].values()) == {"ok"}
    assert server.get("/healthz") == (200, b"ok\n")
    assert len(server.processes()) >= 5  # supervisor, web twice, worker twice, sweeper

    server.process.terminate()

    output, _ = server.process.communicate(timeout=STOP_SECONDS)
    assert server.process.returncode == 0
    assert f"http://127.0.0.1:{server.port}/" in output
    assert "Danegeld has stopped." in output
    assert server.processes() == {}


def test_it_starts_a_killed_worker_again_and_stops_when_killed_itself(server: Server) -> None:
    before = server.pid_of("celery")
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: _other_worker(server, before), 30, "another worker runs")

    server.process.kill()

    server.process.communicate(timeout=STOP_SECONDS)
    wait_for(lambda: server.processes() == {}, STOP_SECONDS, "all children ended after their parent was killed")


def test_it_says_when_the_port_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DANEGELD_VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings.local"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert (
        done.stderr
        == f"CommandError: Port {port} is taken by another program. Choose another: make run PORT={port + 1}\n"
    )


def _other_worker(server: Server, before: int) -> bool:
    workers = [pid for pid, line in server.processes().items() if "celery" in line]
    return len(workers) >= 2 and before not in workers
