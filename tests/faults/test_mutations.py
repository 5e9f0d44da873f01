"""F24: with a guard taken out of the program, at least one test fails. A guard nobody would miss is no guard."""

import os
import subprocess
import sys

import pytest

from tests.faults.mutate import MUTATIONS, TESTS
from tests.faults.record import ROOT


@pytest.mark.fault
@pytest.mark.parametrize("name", MUTATIONS)
def test_it_notices_a_missing_guard(name: str) -> None:
    if name == "row-level security":
        pytest.importorskip("psycopg")
    environment = {**os.environ, "DANEGELD_MUTATION": name, "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTEST_ADDOPTS", None)
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "tests.faults.mutate", "--show-capture=no"]
    done = subprocess.run(
        [*command, *TESTS[name].split()], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    # 1: tests ran and one failed. 2 and more: pytest itself could not work.
    assert done.returncode == 1, done.stdout[-2000:]
    assert " failed" in done.stdout
