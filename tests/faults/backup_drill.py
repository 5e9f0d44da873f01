"""F18: a copy taken while runs are computed is restored elsewhere, and the restored results are computed again."""

import contextlib
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator

from tests.faults.house import ROOT, House, new_database, wait_until
from tests.faults.parts import Figures, Size, all_final, outcome, queue_runs, succeeded


def backup(built: House, size: Size) -> Figures:
    """Back up under load, restore, compute again with `manage.py verify_results`."""
    verified = size.runs * 4 // 5
    run_ids = queue_runs(size.runs)
    built.sweeper()
    built.worker(seconds=0.05)
    wait_until(lambda: succeeded() >= verified, seconds=900)
    began = time.monotonic()
    with _restored_copy(built) as address:
        seconds = time.monotonic() - began
        done = subprocess.run(
            [sys.executable, "manage.py", "verify_results", "--runs", str(verified)],
            cwd=ROOT,
            env={**built.environment, "DANEGELD_DATABASE_URL": address},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    wait_until(all_final, seconds=300)
    return {**outcome(built, run_ids), "restored": done.stdout.strip().rstrip("."), "copied_s": round(seconds, 1)}


@contextlib.contextmanager
def _restored_copy(built: House) -> Iterator[str]:
    """Copy the house's database as docs/operations.md says and give the address of what was restored from it."""
    if built.profile == "embedded":
        copy = built.folder / "copy.sqlite3"
        with sqlite3.connect(built.folder / "danegeld.sqlite3") as database:
            database.execute("VACUUM INTO ?", (str(copy),))
        yield f"sqlite:///{copy}"
        return
    file = str(built.folder / "danegeld.dump")
    _run("pg_dump", "--format=custom", f"--file={file}", built.environment["DANEGELD_DATABASE_URL"])
    with new_database() as address:
        _run("pg_restore", "--no-owner", f"--dbname={address}", file)
        yield address


def _run(*arguments: str) -> None:
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
