"""Reports of finished runs, kept in this process: a run never changes, and people look at the same one again and again.

In memory and not in the shared cache, so that a new release never shows what an old one worded.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from django.utils.translation import get_language

from planner.models import Run
from planner.report.types import Report

MOST: Final = 32
"""A report takes about a megabyte."""

_reports: OrderedDict[tuple[str, ...], Report] = OrderedDict()
_lock = threading.Lock()


def kept_report(run: Run, digest: str, build: Callable[[], Report]) -> Report:
    """The report of a finished run with the plan's document of this digest, in the reader's language; built once."""
    key = (str(run.id), digest, get_language() or "")
    with _lock:
        if (found := _reports.get(key)) is not None:
            _reports.move_to_end(key)
            return found
    report = build()
    with _lock:
        _reports[key] = report
        while len(_reports) > MOST:
            _reports.popitem(last=False)
    return report
