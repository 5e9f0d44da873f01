"""Documents to test with: the worked example, and small changes to it."""

import json
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from planner.plan.document import Plan, parse_plan
from planner.plan.errors import PlanError, PlanInvalid
from planner.plan.pointers import steps_of

EXAMPLE = Path(__file__).with_name("plan-example.json")


@lru_cache(maxsize=1)
def example_bytes() -> bytes:
    """The worked example as it stands in the file."""
    return EXAMPLE.read_bytes()


@lru_cache(maxsize=1)
def _example() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(example_bytes())
    return document


def example() -> dict[str, Any]:
    """The worked example as a document of one's own to change."""
    return deepcopy(_example())


@lru_cache(maxsize=1)
def example_plan() -> Plan:
    """The worked example, parsed."""
    return parse_plan(example_bytes())


def changed(pointer: str, value: Any) -> dict[str, Any]:
    """The example with one value replaced or added at a JSON pointer (`-` appends to a list)."""
    document = example()
    *steps, last = steps_of(pointer)
    here: Any = document
    for step in steps:
        here = here[int(step)] if isinstance(here, list) else here[step]
    if isinstance(here, list):
        here.append(value) if last == "-" else here.__setitem__(int(last), value)
    else:
        here[last] = value
    return document


def without(pointer: str) -> dict[str, Any]:
    """The example with one value taken away."""
    document = example()
    *steps, last = steps_of(pointer)
    here: Any = document
    for step in steps:
        here = here[int(step)] if isinstance(here, list) else here[step]
    del here[int(last) if isinstance(here, list) else last]
    return document


def errors_of(document: Any) -> tuple[PlanError, ...]:
    """What is wrong with a document; empty if nothing."""
    try:
        parse_plan(document)
    except PlanInvalid as invalid:
        return invalid.errors
    return ()


def only_error(document: Any) -> PlanError:
    """The one thing wrong with a document."""
    errors = errors_of(document)
    assert len(errors) == 1, [error.message for error in errors]
    return errors[0]
