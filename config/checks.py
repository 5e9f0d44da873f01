"""System checks: an unsafe or half-made deployment is refused with a hint, before it serves anybody.

`manage.py check`, `manage.py serve`, the web entry point and the worker run them; each has an id to look up.
"""

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register, run_checks  # noqa: A004 - Django's name for it
from django.core.exceptions import ImproperlyConfigured

TAG = "danegeld"
KEY_LENGTH = 50
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
FLOORS = {
    "django": ((5, 2, 19), "older releases let a request reach the database's operators (CVE-2025-64459)"),
    "kombu": ((5, 7), "older workers stop listening after the broker was away"),
    "celery": ((5, 7), "it belongs to that kombu"),
}
"""Package -> lowest version and why (looked at 2026-11-22)."""


@register(TAG)
def check_debug(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Debug pages show settings and variables to whoever can make an error happen."""
    foreign = sorted(set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS)
    if not settings.DEBUG or not foreign:
        return []
    return [
        Error(
            f"DANEGELD_DEBUG is on while {', '.join(foreign)} may be asked for: error pages would show settings.",
            hint="Set DANEGELD_DEBUG=false, or remove DANEGELD_HOSTS.",
            id="danegeld.E001",
        )
    ]


@register(TAG)
def check_secret_key(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Sessions and links are signed with this key; a short or well-known one can be guessed."""
    key = settings.SECRET_KEY
    if len(key) >= KEY_LENGTH and len(set(key)) >= 10 and not key.startswith("django-insecure"):
        return []
    return [
        Error(
            f"DANEGELD_SECRET_KEY is shorter than {KEY_LENGTH} characters or too regular to be secret.",
            hint='Make one: python -c "import secrets; print(secrets.token_urlsafe(50))"',
            id="danegeld.E002",
        )
    ]


@register(TAG)
def check_shared_cache(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Limits on wrong passwords count in the cache: several processes must count together."""
    backend = settings.CACHES["default"]["BACKEND"].rpartition(".")[2]
    if backend == "DummyCache" or (backend == "LocMemCache" and settings.WEB_PROCESSES > 1):
        return [
            Error(
                f"{settings.WEB_PROCESSES} web processes do not share a cache, so each would count wrong passwords "
                "and requests for itself.",
                hint="Set DANEGELD_CACHE_URL=redis://host:6379/1, or DANEGELD_WEB_PROCESSES=1.",
                id="danegeld.E003",
            )
        ]
    return []


@register(TAG)
def check_hosts(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """With any host allowed, a forged Host header ends up in the links of our mails."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Error(
            "DANEGELD_HOSTS allows any host name, so that a forged one ends up in links of password mails.",
            hint="Name the hosts people type: DANEGELD_HOSTS=danegeld.example.com",
            id="danegeld.E004",
        )
    ]


@register(TAG)
def check_versions(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Some versions are known to be unsafe for what we do."""
    return [
        Error(
            f"{package} {version(package)} is older than {'.'.join(map(str, floor))}: {reason}.",
            hint="Install the pinned versions: make setup",
            id="danegeld.E005",
        )
        for package, (floor, reason) in FLOORS.items()
        if _numbers(version(package)) < floor
    ]


@register(TAG, deploy=True)
def check_database_and_broker(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """SQLite and the queue of files are for one machine."""
    found: list[CheckMessage] = []
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        found.append(
            Warning(
                "The database is SQLite: one machine, one writer at a time, no row-level security.",
                hint="Set DANEGELD_DATABASE_URL=postgresql://user:password@host:5432/name",
                id="danegeld.W001",
            )
        )
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        found.append(
            Warning(
                "Jobs are announced through files: workers on other machines do not see them.",
                hint="Set DANEGELD_BROKER_URL=redis://host:6379/0 or amqp://user:password@host:5672//",
                id="danegeld.W002",
            )
        )
    return found


def refuse_unsafe_settings() -> None:
    """Raise with every error of our own checks; for the entry points that no `manage.py` command starts."""
    errors = [message for message in run_checks(tags=[TAG]) if message.is_serious()]
    if errors:
        raise ImproperlyConfigured("\n".join(f"{error.id}: {error.msg} {error.hint}" for error in errors))


def _numbers(text: str) -> tuple[int, ...]:
    """Return the leading numbers of a version: 5.2.19 -> (5, 2, 19)."""
    return tuple(int(part) for part in text.split(".") if part.isdigit())
