"""The commands a newcomer types first."""

import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)


@pytest.mark.parametrize("target", ["setup", "run", "test", "bench", "faults", "lint", "types", "help"])
def test_it_lists_the_targets(target: str) -> None:
    assert f"make {target} " in make("help").stdout


def test_it_lists_them_by_default() -> None:
    assert make().stdout == make("help").stdout


def bootstrap(folder: Path, python: str) -> str:
    script = f'#!/bin/sh\ncase "$2" in {python} esac\n'
    fake = folder / "python3"
    fake.write_text(script, encoding="utf-8")
    fake.chmod(0o755)
    done = subprocess.run(
        ["sh", str(ROOT / "config/bootstrap.sh"), "venv", str(folder / "venv")],
        env={"PATH": os.environ["PATH"], "PYTHON": str(fake)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    return done.stderr


def test_it_says_in_one_sentence_that_python_is_too_old(tmp_path: Path) -> None:
    said = bootstrap(tmp_path, "*raise*) exit 1 ;; *platform*) echo 3.9.2 ;;")
    assert said.startswith("Danegeld needs Python 3.11, 3.12 or 3.13, but ")
    assert " is 3.9.2." in said
    assert said.count("\n") == 1


def test_it_says_in_one_sentence_that_venv_is_missing(tmp_path: Path) -> None:
    said = bootstrap(tmp_path, "*raise*) exit 0 ;; *) exit 1 ;;")
    assert said == "Python's venv module is missing. Install it, on Debian and Ubuntu with: apt install python3-venv\n"


def test_it_says_that_there_is_no_python(tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", str(ROOT / "config/bootstrap.sh"), "venv", str(tmp_path / "venv")],
        env={"PATH": os.environ["PATH"], "PYTHON": "no-such-python"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "there is no program called no-such-python" in done.stderr
