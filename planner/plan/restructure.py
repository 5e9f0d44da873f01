"""Changes to the shape of a plan: parts are added, copied, moved, removed, switched off and on, or become another kind.

Every function takes a plain document and gives a new one, not yet validated; `parse_plan` judges the result as always.
Paths are dotted, members of a list by id, else by place. What spoke about a part that goes (correlations, scenarios,
notes, lists of workloads moved) goes with it; what *needs* the part (a fallback that names the option) does not, so
that the plan is refused with words instead of meaning something else.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any, Final

from planner.plan.pointers import steps_to
from planner.plan.starts import start_of

Document = dict[str, Any]

_WITH_IDS: Final = re.compile(r"workloads|options|options\.[^.]+\.team")
_LONGEST_SLUG: Final = 40
MOST_NAMES: Final = 200


class NoSuchPart(ValueError):
    """The change is about a part that this plan does not have, or a kind that cannot stand there."""


def part_added(document: Document, place: str, kind: str = "") -> tuple[Document, str]:
    """A new member at the end of the list at ``place``, or a new part where there was none; and its path."""
    changed = deepcopy(document)
    part = _start(changed, place, kind)
    holder, name = _holder(changed, place)
    if not _is_list(place):
        holder[name] = part
        return changed, place
    members = holder.setdefault(name, [])
    path = _appended(members, part, place, len(members))
    if place.endswith(".develop"):
        _make_room(holder, part)
    return changed, path


def part_copied(document: Document, path: str) -> tuple[Document, str]:
    """A copy of the member right behind it, under a new id and with "(copy)" behind its name; and its path."""
    changed = deepcopy(document)
    members, at, place = _member(changed, path)
    part = deepcopy(members[at])
    for name in ("name", "title"):
        if part.get(name):
            part[name] = f"{part[name]} (copy)"[:MOST_NAMES]
    return changed, _appended(members, part, place, at + 1)


def part_moved(document: Document, path: str, by: int) -> Document:
    """The member ``by`` places further down its list (negative: up); at an end it stays."""
    changed = deepcopy(document)
    members, at, _ = _member(changed, path)
    members.insert(max(0, min(len(members) - 1, at + by)), members.pop(at))
    return changed


def part_removed(document: Document, path: str) -> Document:
    """Without the part, and without what spoke about it."""
    changed = deepcopy(document)
    holder, name = _holder(changed, path)
    if isinstance(holder, list):
        holder.pop(name)
    elif holder.pop(name, None) is None:
        raise NoSuchPart(f"This plan has no {path}.")
    return _forgotten(changed, path)


def part_switched_off(document: Document, path: str) -> Document:
    """A workload or an option kept aside: it stays in the plan and counts for nothing."""
    members, at, place = _member(document, path)
    if place not in ("workloads", "options"):
        raise NoSuchPart("Only workloads and options can be switched off.")
    kept = {"list": place, "at": at, "content": deepcopy(members[at])}
    changed = part_removed(document, path)
    changed["switched_off"] = [*changed.get("switched_off", []), kept]
    return changed


def part_switched_on(document: Document, at: int) -> tuple[Document, str]:
    """What was switched off as the ``at``-th, back in its place; and its path."""
    changed = deepcopy(document)
    kept = changed.get("switched_off", [])
    if not 0 <= at < len(kept):
        raise NoSuchPart("There is nothing switched off here any more.")
    one = kept.pop(at)
    if not kept:
        del changed["switched_off"]
    members = changed[one["list"]]
    return changed, _appended(members, one["content"], one["list"], min(one["at"], len(members)))


def kind_chosen(document: Document, path: str, kind: str) -> Document:
    """The part at ``path`` as another kind: what both kinds can say is kept, the rest begins anew."""
    changed = deepcopy(document)
    fresh = _start(changed, path, kind)
    holder, name = _holder(changed, path)
    old = holder.get(name) if isinstance(holder, dict) else None
    kept = {key: value for key, value in (old or {}).items() if key in ("tier", "volatility", "annual_rate")}
    holder[name] = {**fresh, **({} if "supply" in fresh else {key: kept[key] for key in kept if _fits(fresh, key)})}
    return changed


def slug_of(words: str, taken: set[str]) -> str:
    """A new id out of a name: ``host-a-70b``, then ``host-a-70b-2`` …"""
    bare = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[: _LONGEST_SLUG - 4].strip("-") or "part"
    found, number = bare, 2
    while found in taken:
        found, number = f"{bare}-{number}", number + 1
    return found


def _fits(fresh: Document, key: str) -> bool:
    """Tier and volatility belong to every kind that is asked here; a rate only where the new kind has one."""
    return key != "annual_rate" or key in fresh


def _start(document: Document, place: str, kind: str) -> Document:
    try:
        part = start_of(place, kind)
    except KeyError:
        raise NoSuchPart(f"“{kind}” is no kind of part that {place} can hold.") from None
    if part.get("supply") == "":
        part["supply"] = document["baseline"]
    if place == "options" and _baseline_is_an_api(document):
        part["fallback"] = {"supply": document["baseline"]}
    if place == "finance.fx" and part["currency"] == document["finance"]["currency"]:
        part["currency"] = "EUR"
    return part


def _baseline_is_an_api(document: Document) -> bool:
    return any(
        option["id"] == document["baseline"] and option["primary"].get("kind") == "api"
        for option in document["options"]
    )


def _make_room(option: Document, project: Document) -> None:
    """Development has to fit before go-live, and own chips are owned."""
    months, go_live = project.get("duration_months", 0), option.get("go_live_month", 1)
    if isinstance(go_live, int | float) and go_live <= months:
        option["go_live_month"] = months + 1
    if project["kind"] == "silicon" and option["primary"].get("kind") == "hosted":
        option["primary"]["tenure"] = "own"


def _is_list(place: str) -> bool:
    name = place.rpartition(".")[2]
    return place in ("workloads", "options") or name in (
        "team",
        "develop",
        "one_off_costs",
        "recurring_costs",
        "price_tiers",
        "fx",
        "correlations",
    )


def _appended(members: list[Any], part: Document, place: str, at: int) -> str:
    """Put the part into the list, with an id of its own where members have one; its path."""
    if not _WITH_IDS.fullmatch(place):
        members.insert(at, part)
        return f"{place}.{at}"
    taken = {member["id"] for member in members}
    wanted = part.get("id") or slug_of(part.get("name") or part.get("title") or "part", taken)
    part["id"] = wanted if wanted not in taken else slug_of(wanted, taken)
    members.insert(at, {"id": part["id"], **part})
    return f"{place}.{part['id']}"


def _member(document: Document, path: str) -> tuple[list[Any], int, str]:
    """The list a member is in, where it stands, and the list's path."""
    holder, name = _holder(document, path)
    if not isinstance(holder, list):
        raise NoSuchPart(f"{path} is no member of a list.")
    return holder, name, path.rpartition(".")[0]


def _holder(document: Document, path: str) -> tuple[Any, Any]:
    """What holds the last step of the path, and that step as key or index. Missing parts on the way are made."""
    try:
        steps = steps_to(document, path)
    except KeyError:
        raise NoSuchPart(f"This plan has no {path}.") from None
    here: Any = document
    for step in steps[:-1]:
        if isinstance(here, dict):
            here = here.setdefault(step, {})
        elif isinstance(here, list) and isinstance(step, int):
            here = here[step]
        else:
            raise NoSuchPart(f"This plan has no {path}.")
    if not isinstance(here, dict | list) or (isinstance(here, list) and not isinstance(steps[-1], int)):
        raise NoSuchPart(f"This plan has no {path}.")
    return here, steps[-1]


def _forgotten(document: Document, path: str) -> Document:
    """Without the sentences about a part that has gone."""

    def speaks(about: str) -> bool:
        return about == path or about.startswith(f"{path}.")

    if document.get("correlations"):
        document["correlations"] = [
            each for each in document["correlations"] if not speaks(each["a"]) and not speaks(each["b"])
        ]
    for scenario in document.get("scenarios", []):
        scenario["overrides"] = {name: value for name, value in scenario["overrides"].items() if not speaks(name)}
    if document.get("notes"):
        document["notes"] = {name: words for name, words in document["notes"].items() if not speaks(name)}
    if path.startswith("workloads.") and path.count(".") == 1:
        _forget_workload(document, path.partition(".")[2])
    return document


def _forget_workload(document: Document, workload: str) -> None:
    for option in document["options"]:
        option.get("coverage", {}).pop(workload, None)
        if option.get("serves"):
            option["serves"] = [name for name in option["serves"] if name != workload]
