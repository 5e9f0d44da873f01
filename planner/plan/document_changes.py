"""What differs between two plan documents, as changes that can be made one at a time.

A change is the smallest place that still makes sense by itself: one leaf; a member of a list that was added or removed;
a part that became another kind; a list without ids whose members cannot be matched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal


class _Absent:
    """Stands for a field or member that a document does not have."""

    def __repr__(self) -> str:
        return "absent"


ABSENT: Final = _Absent()
WITHOUT_EFFECT: Final = frozenset(
    {"name", "title", "schema_version", "scenarios", "correlations", "switched_off", "notes"}
)
"""Fields that no figure of the certain case depends on."""
OPTIONAL_PARTS: Final = frozenset({"market"})
"""Parts that may be left out as a whole: leaving one out is leaving out each of its fields."""

ChangeKind = Literal["changed", "added", "removed", "price"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `before` and `after` are plain document values, None where there is nothing.

    A change of kind `price` is one of the catalogue: `path` is then the reference, such as ``openai/gpt-4o``.
    """

    kind: ChangeKind
    path: str
    before: Any
    after: Any


def changes_between(
    before: Mapping[str, Any], after: Mapping[str, Any], free: Collection[str] = WITHOUT_EFFECT
) -> list[Change]:
    """All changes that can matter, in the order of the earlier document, then what only the later one has.

    Fields named in `free` are left out; an empty collection gives every change.
    """
    return list(_changes(before, after, "", free))


def partly_changed(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    taken: Collection[str],
    free: Collection[str] = WITHOUT_EFFECT,
) -> dict[str, Any]:
    """The earlier document with the changes at the paths in `taken` made, and those to fields named in `free`."""
    merged: dict[str, Any] = _merged(before, after, "", taken, free)
    return merged


def _changes(before: Any, after: Any, path: str, free: Collection[str]) -> Iterator[Change]:
    if before == after:
        return
    pairs = _inside(before, after, path)
    if pairs is None:
        kind: ChangeKind = "added" if before is ABSENT else "removed" if after is ABSENT else "changed"
        yield Change(kind, path, _plain(before), _plain(after))
        return
    for key, left, right in pairs:
        if not _is_free(before, after, path, key, free):
            yield from _changes(left, right, f"{path}.{key}" if path else key, free)


def _merged(before: Any, after: Any, path: str, taken: Collection[str], free: Collection[str]) -> Any:
    if before == after:
        return after
    pairs = _inside(before, after, path)
    if pairs is None:
        return after if path in taken else before
    parts = {
        key: right
        if _is_free(before, after, path, key, free)
        else _merged(left, right, f"{path}.{key}" if path else key, taken, free)
        for key, left, right in pairs
    }
    kept = {key: part for key, part in parts.items() if part is not ABSENT}
    return list(kept.values()) if isinstance(before, list) or isinstance(after, list) else kept


def _is_free(before: Any, after: Any, path: str, key: str, free: Collection[str] = WITHOUT_EFFECT) -> bool:
    """Whether a field has no effect. Members of lists and coverage go by ids, which may be any word."""
    is_part = isinstance(before, dict) or isinstance(after, dict)
    return is_part and key in free and not path.endswith(".coverage")


def _inside(before: Any, after: Any, path: str) -> list[tuple[str, Any, Any]] | None:
    """Matched contents of two containers of the same kind, or None where the place changes as a whole."""
    if path in OPTIONAL_PARTS:
        before, after = ({} if each is ABSENT else each for each in (before, after))
    if isinstance(before, dict) and isinstance(after, dict) and before.get("kind") == after.get("kind"):
        return _matched(before, after)
    if not isinstance(before, list) or not isinstance(after, list):
        return None
    if _have_ids(before) and _have_ids(after):
        return _matched({each["id"]: each for each in before}, {each["id"]: each for each in after})
    if len(before) == len(after) and all(map(_alike, before, after)):
        return [(str(at), left, right) for at, (left, right) in enumerate(zip(before, after, strict=True))]
    return None


def _matched(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    keys = [*before, *(key for key in after if key not in before)]
    return [(key, before.get(key, ABSENT), after.get(key, ABSENT)) for key in keys]


def _have_ids(members: list[Any]) -> bool:
    return all(isinstance(each, dict) and "id" in each for each in members)


def _alike(left: Any, right: Any) -> bool:
    return isinstance(left, dict) and isinstance(right, dict) and left.get("kind") == right.get("kind")


def _plain(value: Any) -> Any:
    return None if value is ABSENT else value
