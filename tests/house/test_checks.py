"""A deployment that would be unsafe is refused, with the setting's name and what to do."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from config import checks

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "DANEGELD_SECRET_KEY": "k9-Vb2mQz7LrT4wXy1Nc8Pd5Hf3Js6Ga0Ue-Io_Kt2Rw9Ye4Uq7Tz",
    "DANEGELD_HOSTS": "danegeld.example.com",
    "DANEGELD_DATABASE_URL": "postgresql://app:secret@127.0.0.1:1/danegeld",
    "DANEGELD_BROKER_URL": "redis://127.0.0.1:1/0",
    "DANEGELD_CACHE_URL": "redis://127.0.0.1:1/1",
}


def manage(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run a command as production does, with these changes to its environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DANEGELD_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=django_settings.BASE_DIR,
        env={**clean, **PRODUCTION, **changes},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_finds_nothing_wrong_with_a_proper_deployment() -> None:
    done = manage("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("name", ["DANEGELD_SECRET_KEY", "DANEGELD_HOSTS"])
def test_it_does_not_start_without(name: str) -> None:
    done = manage("manage.py", "check", **{name: ""})
    assert done.returncode == 1
    assert f"{name} is not set" in done.stderr


def test_it_does_not_serve_with_a_weak_key() -> None:
    done = manage("-c", "import config.wsgi", DANEGELD_SECRET_KEY="changeme")
    assert done.returncode == 1
    assert "danegeld.E002: DANEGELD_SECRET_KEY is shorter than 50 characters" in done.stderr
    assert "changeme" not in done.stderr


def test_it_does_not_work_with_a_weak_key() -> None:
    done = manage("-m", "celery", "-A", "config.celery", "worker", DANEGELD_SECRET_KEY="changeme")
    assert done.returncode != 0
    assert "danegeld.E002" in done.stderr


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"DEBUG": True, "ALLOWED_HOSTS": ["danegeld.example.com"]}, "danegeld.E001"),
        ({"SECRET_KEY": "django-insecure-" + "abcdefghijklmnopqrstuvwxyz" * 3}, "danegeld.E002"),
        ({"WEB_PROCESSES": 2}, "danegeld.E003"),
        ({"CACHES": {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}}, "danegeld.E003"),
        ({"ALLOWED_HOSTS": ["*"]}, "danegeld.E004"),
    ],
)
def test_it_refuses(changes: dict[str, Any], found: str, settings: Settings) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    with pytest.raises(ImproperlyConfigured, match=found):
        checks.refuse_unsafe_settings()


def test_it_accepts_debug_pages_on_this_machine_alone(settings: Settings) -> None:
    settings.DEBUG = True
    settings.ALLOWED_HOSTS = ["localhost"]
    checks.refuse_unsafe_settings()


def test_it_refuses_versions_known_to_be_unsafe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "version", lambda package: "5.2.7" if package == "django" else "5.7.0")
    found = checks.check_versions(None)
    assert [message.id for message in found] == ["danegeld.E005"]
    assert found[0].msg.startswith("django 5.2.7 is older than 5.2.19")
