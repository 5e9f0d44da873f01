import threading
from collections.abc import Callable
from types import TracebackType

import structlog
from django.conf import settings
from django.db import DatabaseError, connections

from planner.operations.job_table import Beat

log = structlog.get_logger("danegeld.run")


class Heartbeats:
    """Extends a lease from a thread of its own for as long as the work takes, at three beats a lease.

    A beat that the database refuses because the job is cancelled or no longer ours ends the thread; the guarded
    UPDATE at the end then stores nothing. Work that hangs is ended by the worker's time limit.
    """

    def __init__(self, beat: Callable[[], Beat]) -> None:
        self._beat = beat
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._done.wait(settings.RUN_LEASE_SECONDS / 3):
                if self._beat_once() is not Beat.CONTINUE:
                    return
        finally:
            connections.close_all()  # only this thread's connections

    def _beat_once(self) -> Beat:
        try:
            return self._beat()
        except DatabaseError as error:
            # The database may be restarting; the lease outlives two missed beats.
            log.warning("heartbeat_missed", error=type(error).__name__)
            connections.close_all()
            return Beat.CONTINUE
