"""`manage.py sweep`: the process that brings back what dead workers and lost messages left behind."""

import signal
import threading
from types import FrameType
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connection
from django.utils.module_loading import import_string

from planner.operations.run_sweep import Swept, sweep

log = structlog.get_logger("danegeld.sweep")


class Command(BaseCommand):
    help = "Bring back runs of dead workers and send lost hints again, every few seconds until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do one round and end.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep until TERM or INT; a round that has begun is finished first."""
        if options["once"]:
            self.stdout.write(str(sweep()))
            _chores()
            return
        stopped = threading.Event()

        def stop(_signal: int, _frame: FrameType | None) -> None:
            stopped.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        while not stopped.is_set():
            _round()
            stopped.wait(settings.SWEEP_SECONDS)


def _round() -> None:
    close_old_connections()
    try:
        swept = sweep()
        _chores()
    except DatabaseError as error:
        # The database may be restarting. The next round tries again; giving up would need a person to notice.
        log.warning("sweep_failed", error=type(error).__name__)
        connection.close()
        return
    if swept != Swept():
        log.info("swept", requeued=swept.requeued, lost=swept.lost, cancelled=swept.cancelled, hinted=swept.hinted)


def _chores() -> None:
    """What other parts of the program want done from time to time; they are named in the settings."""
    for name in settings.SWEEP_CHORES:
        import_string(name)()
