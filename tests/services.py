"""Outside services the suite can use, and how a test asks for one.

A test marked `postgres`, `redis`, `rabbitmq`, `browser`, `office` or `r` is skipped where the service is missing, and
the skip is listed at the end. With DANEGELD_TEST_REQUIRE=all (continuous integration) the missing service is an error.
"""

import os
import shutil
import socket
import sys
from functools import cache
from urllib.parse import urlsplit

POSTGRES_URL = os.environ.get("DANEGELD_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
REDIS_URL = os.environ.get("DANEGELD_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
RABBITMQ_URL = os.environ.get("DANEGELD_TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
PROGRAMS = {"browser": CHROMIUM_NAMES, "office": ("soffice", "libreoffice"), "r": ("Rscript",)}
REQUIRE_ALL = os.environ.get("DANEGELD_TEST_REQUIRE", "") == "all"


@cache
def missing(service: str) -> str:
    """Return why the service cannot be used, in one sentence, or an empty string when it can."""
    if service in ("postgres", "redis", "rabbitmq"):
        url = {"postgres": POSTGRES_URL, "redis": REDIS_URL, "rabbitmq": RABBITMQ_URL}[service]
        return "" if _listens(url) else f"nothing listens at {urlsplit(url).hostname}:{urlsplit(url).port}"
    names = PROGRAMS[service]
    return "" if program(*names) else f"none of these programs is installed: {', '.join(names)}"


def program(*names: str) -> str | None:
    """Return the path of the first of these programs that is installed."""
    return next((path for name in names if (path := shutil.which(name))), None)


def chromium() -> str:
    """Return the path of the browser; only for tests marked `browser`."""
    path = program(*CHROMIUM_NAMES)
    assert path, missing("browser")
    return path


def _listens(url: str) -> bool:
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=1):
            return True
    except OSError:
        return False


if __name__ == "__main__":
    # For the Makefile: succeeds when the named service is there.
    sys.exit(1 if missing(sys.argv[1]) else 0)
