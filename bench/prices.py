"""Prices: what a search on the full catalogue and an import of the full price list take, on a database of their own.

`python -m bench.prices` prints JSON, name → [milliseconds of processor time, most allowed]. Searches take turns with
ten questions; the catalogue is kept in memory between them, as in a running web process.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import cycle

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ["DANEGELD_API_RATE"] = "100000/min"
django.setup()

from django.test import Client  # noqa: E402 - Django must be set up before anything of it is imported
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402 - as above

from bench.clock import percentile_of_calls  # noqa: E402 - as above
from pricing.operations import catalogue_load, import_compare  # noqa: E402 - as above
from pricing.sources.genai_prices import installed_package, read_records  # noqa: E402 - as above

WORDS = ("gpt", "llama 70b", "claude", "qwen", "mistral large", "gemini flash", "deepseek", "nothing like it", "", "o3")
CALLS = 60
SEARCH_MS = 50.0
IMPORT_MS = 10_000.0


def measured() -> dict[str, tuple[float, float]]:
    """Milliseconds of each figure, with the most that is allowed; on an empty test database."""
    package = installed_package(taken_on=date(2026, 11, 22))
    seconds = {
        "Loading the packaged catalogue": _seconds(catalogue_load),
        "Loading it again, which changes nothing": _seconds(catalogue_load),
        "Comparing the full price list with the catalogue": _seconds(
            lambda: import_compare(package=package, records=read_records(package), made_by=None)
        ),
    }
    searches = {
        "Search of the full catalogue on its page, p95": _search("/prices?q="),
        "Search of the full catalogue by the interface, p95": _search("/api/v1/prices?q="),
    }
    return {
        **{name: (taken * 1e3, SEARCH_MS) for name, taken in searches.items()},
        **{name: (taken * 1e3, IMPORT_MS) for name, taken in seconds.items()},
    }


def _search(address: str) -> float:
    client, words = Client(), cycle(WORDS)
    return percentile_of_calls(lambda: client.get(address + next(words)), CALLS, 0.95)


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def main() -> None:
    """Measures on a throwaway database."""
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        figures = measured()
    finally:
        teardown_databases(databases, verbosity=0)
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    main()
