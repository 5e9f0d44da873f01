"""JSON as this interface takes it: one meaning for every text, and nothing that breaks a database or browser later."""

import json
import math
from typing import IO, Any

import orjson
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from planner.api.problems import BodyTooLarge, UnreadableBody

MAX_BYTES = 1_000_000
MAX_DEPTH = 32
MAX_INTEGER = 10**15


class StrictJsonParser(BaseParser):
    """Reads `application/json` request bodies through `strict_loads`."""

    media_type = "application/json"

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return the body's value; raises `BodyTooLarge` (413) or `UnreadableBody` (400)."""
        data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise BodyTooLarge(f"The body is larger than {MAX_BYTES:,} bytes.")
        return strict_loads(data)


class OrjsonRenderer(BaseRenderer):
    """Writes JSON; a NaN that slipped through would become null here, never broken JSON."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        """Return the bytes of the value; nothing for an answer without a body."""
        return b"" if data is None else orjson.dumps(data)


def strict_loads(data: bytes) -> Any:
    """Return the value of a JSON text, or raise `UnreadableBody` saying what is not accepted.

    Refused besides broken JSON: NaN and infinities, numbers that overflow a float, integers beyond 10^15, a key twice
    in one object, the character NUL, lone surrogates, more than 32 levels.
    """
    # orjson first: it is fast, checks UTF-8, surrogates and overflow, and bounds the depth, so that the second reader,
    # which is there for duplicate keys and long integers, never sees a text that could exhaust the stack.
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise UnreadableBody(f"The body is not JSON: {error}.") from error
    _refuse_deep_or_nul(value)
    return json.loads(
        data, object_pairs_hook=_object, parse_int=_integer, parse_float=_number, parse_constant=_constant
    )


def _refuse_deep_or_nul(value: Any) -> None:
    waiting = [(value, 0)]
    while waiting:
        item, depth = waiting.pop()
        if isinstance(item, str):
            _refuse_nul(item)
        elif isinstance(item, dict | list):
            if depth >= MAX_DEPTH:
                raise UnreadableBody(f"The body is nested more than {MAX_DEPTH} levels deep.")
            waiting.extend((child, depth + 1) for child in (item.values() if isinstance(item, dict) else item))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        _refuse_nul(key)
        if key in result:
            raise UnreadableBody(f"The key {key[:60]!r} stands twice in one object.")
        result[key] = value
    return result


def _refuse_nul(text: str) -> None:
    if "\0" in text:
        raise UnreadableBody("The body contains the character NUL (\\u0000), which cannot be stored.")


def _integer(digits: str) -> int:
    # The length first: int() of thousands of digits is slow, and above 4,300 digits an error of its own.
    if len(digits) > 17 or abs(int(digits)) > MAX_INTEGER:
        raise UnreadableBody(f"The number {digits[:20]}{'…' if len(digits) > 20 else ''} is beyond 10^15.")
    return int(digits)


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise UnreadableBody(f"The number {text[:20]} is too large.")
    return number


def _constant(name: str) -> Any:
    raise UnreadableBody(f"{name} is not a JSON number.")
