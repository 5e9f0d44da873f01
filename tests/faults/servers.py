"""Servers of a house's own: PostgreSQL and RabbitMQ that a drill may kill, freeze and fill."""

import contextlib
import os
import shutil
import signal
import subprocess
from pathlib import Path

from tests import services
from tests.faults.house import House, Process, free_port, listens, wait_until

RABBITMQ = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
"""The server itself; the one on the path changes the user."""


class OwnPostgres:
    """A PostgreSQL server with its data in the house's folder."""

    def __init__(self, built: House) -> None:
        self.port = free_port()
        self.folder = built.folder / "postgres"
        self.folder.mkdir()
        # initdb refuses to work for root.
        self._as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._as:
            shutil.chown(self.folder, "postgres")
            built.folder.chmod(0o755)
        self._bin = _newest_programs()
        self._run("initdb", "--pgdata", self._data, "--auth", "trust", "--username", "postgres", "--no-sync")
        self.start()
        self._run("createdb", "--host", "127.0.0.1", "--port", str(self.port), "--username", "postgres", "drill")

    @property
    def url(self) -> str:
        """The address of the drill's database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/drill"

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        log = str(self.folder / "log")
        self._run("pg_ctl", "start", "--pgdata", self._data, "--log", log, "--options", options, "--wait")

    def stop(self, mode: str) -> None:
        """Stop the server: `fast` ends its sessions, `immediate` pulls the plug."""
        self._run("pg_ctl", "stop", "--pgdata", self._data, "--mode", mode, "--wait")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self._bin / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder)


class OwnRedis:
    """A Redis that keeps nothing on disk: losing its memory is part of the drills."""

    def __init__(self, built: House) -> None:
        self._built = built
        self.port = free_port()
        self._process: Process | None = None
        self.start()

    @property
    def url(self) -> str:
        """The broker's address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start the server and wait until it listens."""
        server = services.program("redis-server")
        assert server, "redis-server is not installed"
        arguments = ["--port", str(self.port), "--save", "", "--appendonly", "no", "--loglevel", "warning"]
        self._process = self._built.program([server, *arguments])
        wait_until(lambda: listens(self.port), seconds=10)

    def kill(self) -> None:
        """End the server without warning."""
        assert self._process
        self._process.kill()

    def forget(self) -> None:
        """Drop everything."""
        import redis

        redis.Redis(port=self.port).flushall()


class OwnRabbit:
    """A RabbitMQ server of one node with its data in the house's folder."""

    def __init__(self, built: House) -> None:
        self._built = built
        self.port = free_port()
        self.folder = built.folder / "rabbitmq"
        self.folder.mkdir()
        (self.folder / "rabbitmq.conf").write_text(f"listeners.tcp.default = {self.port}\n", encoding="utf-8")
        self._process: Process | None = None
        self.start()

    @property
    def url(self) -> str:
        """The broker's address."""
        return f"amqp://guest:guest@127.0.0.1:{self.port}//"

    def start(self) -> None:
        """Start the server and wait until it listens."""
        self._process = self._built.program(
            [str(RABBITMQ)],
            HOME=str(self.folder),
            RABBITMQ_NODENAME=f"drill{self.port}@localhost",
            RABBITMQ_DIST_PORT=str(free_port()),
            RABBITMQ_CONFIG_FILE=str(self.folder / "rabbitmq.conf"),
            RABBITMQ_CONF_ENV_FILE=os.devnull,
            RABBITMQ_ENABLED_PLUGINS_FILE=str(self.folder / "plugins"),
            RABBITMQ_MNESIA_BASE=str(self.folder / "data"),
            RABBITMQ_LOG_BASE=str(self.folder / "log"),
        )
        wait_until(lambda: listens(self.port), seconds=90)

    def kill(self) -> None:
        """End the server without warning."""
        assert self._process
        self._process.kill()

    def forget(self) -> None:
        """Drop every message."""
        from kombu import Connection, Queue

        with Connection(self.url) as connection, connection.channel() as channel:
            Queue("danegeld", channel=channel).purge()


def children_of(pid: int) -> list[int]:
    """Return the processes this one has started."""
    with contextlib.suppress(FileNotFoundError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    return []


def kill_process(pid: int) -> None:
    """End one process without warning."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _newest_programs() -> Path:
    """Where initdb and pg_ctl are: Debian keeps them off the path, one folder per version."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = services.program("initdb")
    assert found, "PostgreSQL's server programs are not installed"
    return Path(found).parent
