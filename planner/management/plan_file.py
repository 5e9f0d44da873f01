"""What every command that reads a plan file shares: reading it, the day of its prices, and refusing it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import CommandError, OutputWrapper

from planner.plan.errors import PlanInvalid, PlanUnreadable
from planner.plan.text_form import read_yaml

EXIT_INVALID = 2


def add_plan_arguments(parser: ArgumentParser) -> None:
    """The plan's file and the day of its prices."""
    parser.add_argument("file", metavar="FILE", help="the plan document; - reads standard input")
    parser.add_argument(
        "--as-of",
        type=day,
        metavar="DATE",
        help="use the prices in force on this day (YYYY-MM-DD; default: today)",
    )


def today_unless(as_of: date | None) -> date:
    """The day given, or the day on the user's own clock."""
    return as_of or date.today()  # noqa: DTZ011  # the day on the user's own clock


def day(text: str) -> date:
    """A date argument."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is no day; write it as 2026-11-22.") from None


def refuse(stderr: OutputWrapper, name: str, problem: PlanInvalid) -> NoReturn:
    """Lists every error and ends the program with exit code 2."""
    found = len(problem.errors)
    stderr.write(f"{name}: {found} {'error' if found == 1 else 'errors'}, nothing computed.")
    for error in problem.errors:
        stderr.write(f"  {error.path or 'plan'}: {error.message}")
    sys.exit(EXIT_INVALID)


def document_in(name: str) -> bytes | dict[str, Any]:
    """The document's bytes, or for YAML its content. Raises CommandError where it cannot be read."""
    data = _bytes(name)
    if not _is_yaml(name, data):
        return data
    try:
        return dict(read_yaml(data))
    except PlanUnreadable as problem:
        raise CommandError(f"{name}: {problem}", returncode=EXIT_INVALID) from None


def _bytes(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as problem:
        raise CommandError(f"{name} cannot be read: {problem.strerror}.", returncode=EXIT_INVALID) from None


def _is_yaml(name: str, data: bytes) -> bool:
    """By the file's name; standard input is YAML where it does not begin as a JSON object does."""
    if name == "-":
        return not data.lstrip().startswith((b"{", b"["))
    return Path(name).suffix.lower() in (".yaml", ".yml")
