import hashlib
from typing import Any

import orjson

_DIGITS = 9


# Where and when a price was looked up does not change what was computed from it.
_NOT_FIGURES = frozenset({"as_of", "sources"})


def result_hash(document: dict[str, Any]) -> str:
    """Return the SHA-256 of a result document with every figure at nine significant digits.

    Machines differ in the last bits of a float64; the hash says that two results are the same for every reader.
    """
    figures = {name: value for name, value in document.items() if name not in _NOT_FIGURES}
    return hashlib.sha256(orjson.dumps(_rounded(figures), option=orjson.OPT_SORT_KEYS)).hexdigest()


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}") + 0.0  # adding 0.0 turns -0.0 into 0.0
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return value
