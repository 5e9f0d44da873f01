"""The image and compose files, read without a container engine: unprivileged, read-only, hash-checked, no secrets."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

ROOT: Path = settings.BASE_DIR
DOCKERFILE = (ROOT / "docker" / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker" / "compose.yml").read_text(encoding="utf-8"))
OURS = ("prepare", "web", "worker", "sweeper")


def test_it_runs_as_an_unprivileged_user() -> None:
    last = DOCKERFILE.rpartition("FROM ")[2]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last


def test_it_installs_with_hashes_only() -> None:
    installs = [line for line in DOCKERFILE.splitlines() if "pip install" in line]
    assert len(installs) == 2
    assert all("--require-hashes" in line for line in installs)


def test_it_copies_only_what_exists() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    assert [path for line in copied for path in line.split() if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("service", OURS)
def test_it_gives_our_services_no_rights(service: str) -> None:
    ours = COMPOSE["services"][service]
    assert ours["read_only"] is True
    assert ours["cap_drop"] == ["ALL"]
    assert ours["security_opt"] == ["no-new-privileges:true"]


def test_it_holds_no_secret() -> None:
    text = (ROOT / "docker" / "compose.yml").read_text(encoding="utf-8")
    assert re.findall(r"PASSWORD: (?!\$\{)", text) == []
    assert re.findall(r"postgresql://\w+:(?!\$\{)", text) == []


def test_it_keeps_the_owner_away_from_web_and_workers() -> None:
    for service in ("web", "worker", "sweeper"):
        assert "danegeld_app:" in COMPOSE["services"][service]["environment"]["DANEGELD_DATABASE_URL"]


@pytest.mark.parametrize("program", ["web", "worker", "sweeper", "prepare"])
def test_it_knows_each_program(program: str) -> None:
    entrypoint = (ROOT / "docker" / "entrypoint.sh").read_text(encoding="utf-8")
    assert f"\n    {program})\n" in entrypoint
