"""Reads JSON as a plan must be written: no key twice, no NaN, no bottomless nesting.

Python's own reader is used because it alone hands over every key of an object; a reader that keeps the last of two
equal keys would let a document mean something else than its author sees.
"""

import json
import math
from typing import Any, NoReturn

from planner.plan.errors import PlanUnreadable


class _Repeated(ValueError):
    pass


def read_json(data: bytes | str) -> object:
    """The document as dictionaries, lists, text and numbers. Raises PlanUnreadable."""
    try:
        # Strictly UTF-8 (with or without a byte order mark): `json` itself would let half a character through.
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        return json.loads(text, object_pairs_hook=_object, parse_float=_finite, parse_constant=_no_constant)
    except _Repeated as problem:
        raise PlanUnreadable(str(problem), "duplicate_key") from None
    except json.JSONDecodeError as problem:
        where = f"line {problem.lineno}, column {problem.colno}"
        raise PlanUnreadable(f"This is not JSON: {problem.msg} at {where}.", "not_json") from None
    except UnicodeDecodeError:
        raise PlanUnreadable("This is not JSON: the text is not UTF-8.", "not_json") from None
    except RecursionError:
        raise PlanUnreadable(
            "The document is nested too deeply; a plan has at most a dozen levels.", "too_deep"
        ) from None
    except ValueError as problem:
        message = (
            str(problem)
            if "plan can hold" in str(problem)
            else "A number in the document has too many digits to be read."
        )
        raise PlanUnreadable(message, "not_finite") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Repeated(f"The key {twice[:80]!r} stands twice in one object; keep one of them.")
    return members


def _finite(digits: str) -> float:
    value = float(digits)
    if value in (math.inf, -math.inf):
        raise ValueError(f"{digits[:40]} is too large to be a number that a plan can hold.")
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number that a plan can hold.")
