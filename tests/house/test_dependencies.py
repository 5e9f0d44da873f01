"""What is declared, what is pinned and what is installed agree, and no pin names a package index."""

import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from django.conf import settings
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import services

ROOT: Path = settings.BASE_DIR
FILES = ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)(?: ; (.*?))? \\$", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    """Return package -> version as pinned for this Python and system."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {canonicalize_name(p): v for p, v, marker in _PIN.findall(text) if not marker or Marker(marker).evaluate()}


def declared(group: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = project["project"]["dependencies"] if group == "run" else project["dependency-groups"][group]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("name", FILES)
def test_it_names_no_index_and_no_path(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links| @ ", text)


@pytest.mark.parametrize("name", FILES)
def test_it_gives_every_pin_a_hash(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = [block for block in re.split(r"\n(?=\S)", text.strip()) if not block.startswith("#")]
    assert blocks
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize(("group", "name"), [("run", "requirements.txt"), ("dev", "requirements-dev.txt")])
def test_it_pins_what_is_declared(group: str, name: str) -> None:
    pinned = pins(name)
    wrong = [str(r) for r in declared(group) if not r.specifier.contains(pinned.get(canonicalize_name(r.name), ""))]
    assert wrong == [], f"run `make lock`: {name} does not satisfy these lines of pyproject.toml"


def test_it_uses_the_same_versions_for_running_and_testing() -> None:
    development = pins("requirements-dev.txt")
    assert {p: v for p, v in pins("requirements.txt").items() if development.get(p) != v} == {}


def test_it_is_what_is_installed() -> None:
    installed = {package: version(package) for package in pins("requirements.txt")}
    assert installed == pins("requirements.txt"), "run `make setup`"


def test_it_resolves_to_the_same_pins_again(tmp_path: Path) -> None:
    """Resolve pyproject.toml anew, the committed pins being preferred: then nothing may change."""
    again = tmp_path / "requirements.txt"
    shutil.copy(ROOT / "requirements.txt", again)
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header"]
    uv = Path(sys.executable).parent / "uv"
    done = subprocess.run(
        [uv, "pip", "compile", "--quiet", *options, "--no-emit-index-url", "--output-file", again, "pyproject.toml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode and not services.REQUIRE_ALL and re.search("fetch|connect|network|dns", done.stderr.lower()):
        pytest.skip("no package index can be reached")
    assert done.returncode == 0, done.stderr
    assert again.read_text(encoding="utf-8") == (ROOT / "requirements.txt").read_text(encoding="utf-8")
