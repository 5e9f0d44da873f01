"""One supervised process: started in a group of its own, restarted with growing pauses, never left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_PR_SET_PDEATHSIG = 1
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds before the n-th restart in a row."""
STEADY_SECONDS = 60.0
"""A process that lived this long starts its pauses from the beginning again."""


def die_with_parent() -> None:
    """Ask Linux to send this process TERM when the thread that made it ends, however it ends.

    Elsewhere nothing is asked: a supervisor killed by force then leaves its children to be stopped by hand.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """A program to keep running. Times are seconds of a monotonic clock."""

    name: str
    arguments: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    clock: Callable[[], float]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    failures: int = 0
    ended_with: int | None = field(default=None)

    def start(self) -> None:
        """Start the program in a session of its own.

        A terminal sends Ctrl-C to every process of its foreground group. In their own sessions the children hear
        only the supervisor, which stops them in order.
        """
        supervisor = os.getpid()

        def prepare() -> None:
            die_with_parent()
            if os.getppid() != supervisor:  # it died between fork and prctl
                os._exit(1)

        self.started_at = self.clock()
        self.process = subprocess.Popen(
            list(self.arguments),
            cwd=self.folder,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=prepare,  # noqa: PLW1509 - the supervisor has one thread
        )

    def look_after(self) -> bool:
        """Start the program if it is due, notice if it ended; return whether it just ended."""
        now = self.clock()
        if self.process is None:
            if now >= self.start_again_at:
                self.start()
            return False
        self.ended_with = self.process.poll()
        if self.ended_with is None:
            return False
        self._clear_group()
        self.process = None
        self.failures = 0 if now - self.started_at >= STEADY_SECONDS else self.failures + 1
        self.start_again_at = now + PAUSES[min(self.failures, len(PAUSES)) - 1 if self.failures else 0]
        return True

    def ask_to_stop(self) -> None:
        """Send TERM to the program; it finishes what it is doing."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop_by(self, deadline: float) -> None:
        """Wait until the deadline, then stop by force what is left of the program and of everything it started."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.0, deadline - self.clock()))
        except subprocess.TimeoutExpired:
            self._clear_group()
            self.process.wait()
        self._clear_group()
        self.process = None

    def _clear_group(self) -> None:
        """Stop what the ended program left behind: pool processes of a worker that was killed live on otherwise."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
