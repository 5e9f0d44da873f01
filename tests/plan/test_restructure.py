"""Parts of a plan are added, copied, moved, removed and switched off, and what comes out is a plan."""

from typing import Any

import pytest

from planner.plan.document import parse_plan, plan_document
from planner.plan.errors import PlanInvalid
from planner.plan.examples import ORDER, template
from planner.plan.restructure import (
    NoSuchPart,
    kind_chosen,
    part_added,
    part_copied,
    part_moved,
    part_removed,
    part_switched_off,
    part_switched_on,
    slug_of,
)
from planner.plan.starts import kinds_at

CHAT = template("support-chat").document
PLACES = (
    "workloads",
    "options",
    "options.today.team",
    "options.host-70b.develop",
    "options.today.one_off_costs",
    "options.today.recurring_costs",
    "options.today.primary.price_tiers",
    "finance.fx",
)
CHOICES = (
    "workloads.chat.growth",
    "options.host-70b.fallback",
    "options.newest.interim",
    "options.open-api.primary",
    "market.gpu_rent",
    "options.today.primary.price_path",
    "options.host-70b.primary.rent_path",
    "finance.hardware_depreciation",
    "finance.development_tax",
)


def ids(document: dict[str, Any], name: str = "options") -> list[str]:
    return [each["id"] for each in document[name]]


@pytest.mark.parametrize("place", PLACES)
def test_it_adds_every_kind_of_part_as_a_valid_one(place: str) -> None:
    for kind in kinds_at(place):
        changed, path = part_added(CHAT, place, kind)
        parse_plan(changed)
        assert path.startswith(f"{place}.")


@pytest.mark.parametrize("place", CHOICES)
def test_it_makes_every_kind_of_a_part_valid(place: str) -> None:
    for kind in kinds_at(place):
        parse_plan(kind_chosen(CHAT, place, kind))


@pytest.mark.parametrize("template_id", ORDER)
def test_it_copies_moves_and_switches_parts_of_every_template(template_id: str) -> None:
    document = template(template_id).document
    first = document["workloads"][0]["id"]
    copied, path = part_copied(document, f"workloads.{first}")
    parse_plan(copied)
    assert ids(copied, "workloads")[1] == path.partition(".")[2] != first
    moved = part_moved(document, f"options.{ids(document)[-1]}", -1)
    assert sorted(ids(moved)) == sorted(ids(document))
    off = part_switched_off(copied, path)
    assert plan_document(parse_plan(off))["workloads"] == document["workloads"]
    on, back = part_switched_on(off, 0)
    assert (back, on["workloads"]) == (path, copied["workloads"])


def test_it_forgets_what_spoke_about_a_removed_part() -> None:
    document, _ = part_copied(CHAT, "workloads.chat")
    copy = ids(document, "workloads")[1]
    document["notes"] = {f"workloads.{copy}.input_tokens": "guess", "finance.inflation": "kept"}
    document["options"][3]["serves"] = ["chat", copy]
    document["scenarios"] = [{"name": "More", "overrides": {f"workloads.{copy}.input_tokens": 9}}]
    changed = part_removed(document, f"workloads.{copy}")
    assert changed["notes"] == {"finance.inflation": "kept"}
    assert changed["options"][3]["serves"] == ["chat"]
    assert changed["scenarios"][0]["overrides"] == {}
    parse_plan(changed)


def test_it_leaves_it_to_the_plan_to_refuse_what_is_needed() -> None:
    with pytest.raises(PlanInvalid, match="baseline names the option 'today', which does not exist"):
        parse_plan(part_removed(CHAT, "options.today"))


@pytest.mark.parametrize("path", ["options.nobody", "options.nobody.team", "workloads.chat.input_tokens.x", "name.x"])
def test_it_says_so_when_there_is_no_such_part(path: str) -> None:
    with pytest.raises(NoSuchPart):
        part_removed(CHAT, path)
    with pytest.raises(NoSuchPart):
        part_added(CHAT, path, "unheard")


def test_it_keeps_to_the_end_of_the_list() -> None:
    assert ids(part_moved(CHAT, "options.today", -5)) == ids(CHAT)


def test_it_names_new_parts_by_their_words() -> None:
    assert slug_of("Host a 70B!", set()) == "host-a-70b"
    assert slug_of("Host a 70B!", {"host-a-70b"}) == "host-a-70b-2"
    assert slug_of("客服", set()) == "part"
    assert len(slug_of("x" * 90, {"x" * 36})) <= 40
