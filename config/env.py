"""Readers of environment variables: typed, few, and loud.

A value that cannot be understood stops the program with one sentence that names the variable, the value and what is
allowed. Nothing else in the project reads `os.environ` for settings. Every variable read here is listed in
`docker/.env.example`.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})
_POSTGRES_SCHEMES = frozenset({"postgres", "postgresql"})


def env_str(name: str, default: str | None = None, *, environ: Mapping[str, str] = os.environ) -> str:
    """Return the variable's text; without a default the variable must be set and not empty."""
    value = environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment; see docker/.env.example.")
    return default


def env_bool(name: str, default: bool, *, environ: Mapping[str, str] = os.environ) -> bool:
    """Return the variable as a truth value: true/false, yes/no, on/off or 1/0."""
    value = environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in _TRUE or value in _FALSE:
        return value in _TRUE
    raise ImproperlyConfigured(f"{name}={value!r} is not a truth value. Use true or false.")


def env_int(
    name: str,
    default: int,
    *,
    low: int | None = None,
    high: int | None = None,
    environ: Mapping[str, str] = os.environ,
) -> int:
    """Return the variable as a whole number inside the given bounds."""
    text = environ.get(name, "").strip()
    if not text:
        return default
    try:
        value = int(text)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={text!r} is not a whole number.") from None
    if (low is not None and value < low) or (high is not None and value > high):
        raise ImproperlyConfigured(f"{name}={value} is out of range: allowed are {low} to {high}.")
    return value


def env_list(name: str, default: str = "", *, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return the comma-separated variable as a list of texts, blanks dropped."""
    return [part.strip() for part in environ.get(name, default).split(",") if part.strip()]


def env_choice(name: str, default: str, allowed: tuple[str, ...], *, environ: Mapping[str, str] = os.environ) -> str:
    """Return the variable if it is one of the allowed words."""
    value = env_str(name, default, environ=environ)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}={value!r} is not allowed. Use one of: {', '.join(allowed)}.")
    return value


def env_secret(name: str, default: str | None = None, *, environ: Mapping[str, str] = os.environ) -> str:
    """Return a secret from the variable, or from the file that `<name>_FILE` names (as container secrets are)."""
    path = environ.get(f"{name}_FILE", "").strip()
    if not path:
        return env_str(name, default, environ=environ)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE={path!r} cannot be read: {error.strerror}.") from error


def env_database(name: str, default: str, *, environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return Django's database settings for a `sqlite:///…` or `postgresql://…` address.

    Parameters after `?` go to the PostgreSQL driver, for example `?sslmode=require`.
    """
    url = env_secret(name, default, environ=environ)
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and not parts.netloc and parts.path.strip("/"):
        return sqlite_database(unquote(parts.path.removeprefix("/")))
    if parts.scheme in _POSTGRES_SCHEMES and parts.path.strip("/"):
        return {
            "ENGINE": "config.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": "5", **dict(parse_qsl(parts.query))},
        }
    # The value itself stays out of the message: it may hold a password.
    raise ImproperlyConfigured(
        f"{name} is not a database address. Use postgresql://user:password@host:5432/name, "
        "sqlite:///relative/file.sqlite3 or sqlite:////absolute/file.sqlite3."
    )


def sqlite_database(path: str) -> dict[str, Any]:
    """Return Django's settings for one SQLite file, ready for several processes at once.

    WAL lets readers work beside one writer. IMMEDIATE takes the write lock when a transaction starts: with SQLite's
    default a transaction that reads first and writes later fails at once with "database is locked", however long the
    time-out is.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
