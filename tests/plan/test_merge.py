"""Two people change one plan at once: nothing of either is lost, and where both changed one place, one chooses."""

from copy import deepcopy
from typing import Any

from planner.plan.document import Plan, parse_plan, plan_document
from planner.plan.examples import template
from planner.plan.merge import merge

BASE = template("support-chat").document
TOKENS, RATE = "workloads.chat.input_tokens", "finance.discount_rate"


def plan(**changes: Any) -> Plan:
    document = deepcopy(BASE)
    document["workloads"][0]["input_tokens"] = changes.get("tokens", document["workloads"][0]["input_tokens"])
    document["finance"]["discount_rate"] = changes.get("rate", 0.1)
    document["name"] = changes.get("name", document["name"])
    return parse_plan(document)


def test_it_takes_both_changes_where_they_do_not_meet() -> None:
    found = merge(plan(), plan(tokens=2500), plan(rate=0.12, name="Theirs"))
    assert found.conflicts == ()
    assert [each.path for each in found.only_mine] == [TOKENS]
    assert {each.path for each in found.only_theirs} == {"name", RATE}
    assert found.merged() == plan(tokens=2500, rate=0.12, name="Theirs")


def test_it_asks_where_both_changed_one_place() -> None:
    found = merge(plan(), plan(tokens=2500, rate=0.09), plan(rate=0.12))
    assert [each.path for each in found.conflicts] == [RATE]
    assert found.merged() == plan(tokens=2500, rate=0.09)
    assert found.merged(keep_theirs=[RATE]) == plan(tokens=2500, rate=0.12)


def test_it_asks_nothing_where_both_made_the_same_change() -> None:
    found = merge(plan(), plan(rate=0.12), plan(rate=0.12))
    assert (found.conflicts, found.only_mine, found.only_theirs) == ((), (), ())
    assert found.merged() == plan(rate=0.12)


def test_it_asks_when_they_removed_what_i_changed() -> None:
    theirs = deepcopy(BASE)
    theirs["options"] = [option for option in theirs["options"] if option["id"] != "newest"]
    mine = deepcopy(BASE)
    mine["options"][1]["name"] = "Mine"
    found = merge(parse_plan(BASE), parse_plan(mine), parse_plan(theirs))
    assert [each.path for each in found.conflicts] == ["options.newest.name"]
    kept = plan_document(found.merged(keep_theirs=["options.newest.name"]))
    assert [option["id"] for option in kept["options"]] == [option["id"] for option in theirs["options"]]
    back = plan_document(found.merged())["options"]
    assert next(option["name"] for option in back if option["id"] == "newest") == "Mine"
