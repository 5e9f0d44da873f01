"""Which room may import which: the contracts of pyproject.toml hold, and the engine brings no framework along."""

import subprocess
import sys

import pytest
from django.conf import settings

FRAMEWORKS = ("django", "rest_framework", "celery", "kombu", "psycopg", "sqlite3")


def test_it_keeps_the_import_contracts() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("module", ["planner.engine.evaluate", "planner.plan.document", "planner.report.types"])
def test_it_computes_without_a_framework(module: str) -> None:
    code = f"import sys, {module}; print(sorted(set({FRAMEWORKS!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
