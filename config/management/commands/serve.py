import errno
import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from config.serve.supervisor import Supervisor, children_of

PREPARATIONS = ("build_assets", "migrate", "load_catalogue", "load_samples")


class Command(BaseCommand):
    help = "Run web, worker and sweeper on this machine until Ctrl-C or TERM."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen at (default 8000)")
        parser.add_argument("--prepare", action="store_true", help="first bring assets and data up to date")

    def handle(self, *_args: Any, host: str, port: int, prepare: bool, **_options: Any) -> None:
        refuse_taken_port(host, port)
        if prepare:
            self.prepare()
        self.check(fail_level=40)
        folder = settings.BASE_DIR
        children = children_of(
            folder, host=host, port=port, processes=settings.WEB_PROCESSES, threads=settings.WEB_THREADS
        )
        Supervisor(children, say=self.say, host=host, port=port).run()

    def prepare(self) -> None:
        """Bring everything up to date that a first start needs; each step does nothing when there is nothing to do."""
        for folder in (settings.VAR_DIR, settings.BROKER_DIR / "messages", settings.BROKER_DIR / "control"):
            folder.mkdir(parents=True, exist_ok=True)
        known = get_commands()
        for name in PREPARATIONS:
            if name in known:
                options = {"verbosity": 0, "interactive": False} if name == "migrate" else {}
                call_command(name, stdout=self.stdout, **options)

    def say(self, sentence: str) -> None:
        """Print one line at once, also when the output goes to a file."""
        self.stdout.write(sentence)
        self.stdout.flush()


def refuse_taken_port(host: str, port: int) -> None:
    """Raise with one clear sentence if nothing can listen at this address."""
    if not 1 <= port <= 65535:
        raise CommandError(f"Port {port} does not exist. Choose one from 1024 to 65535: make run PORT=8001")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the web server does: a connection of the last run that is still closing does not count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(_why(host, port, error)) from error


def _why(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Choose another: make run PORT={port + 1}"
    if error.errno == errno.EACCES:
        return f"Port {port} may not be used by this user. Choose one above 1023: make run PORT=8000"
    return f"Cannot listen at {host}:{port}: {error.strerror}."
