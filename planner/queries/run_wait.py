"""Waiting for a run to end, for callers that would otherwise ask again and again."""

import time

from planner.models import LIVE_STATES, Run

LONGEST_SECONDS = 20
"""Below what proxies wait for an answer."""
_LOOK_SECONDS = 0.25


def run_awaited(run: Run, *, seconds: int) -> Run:
    """Return the run as it is when it ends, or after so many seconds if it has not ended by then."""
    until = time.monotonic() + min(seconds, LONGEST_SECONDS)
    while run.is_live and (left := until - time.monotonic()) > 0:
        time.sleep(min(_LOOK_SECONDS, left))
        # One column: the run's snapshot is large, and nothing else says whether it has ended.
        if not Run.objects.filter(id=run.id, state__in=LIVE_STATES).exists():
            run.refresh_from_db()
    return run
