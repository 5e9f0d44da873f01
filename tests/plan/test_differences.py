"""The diff of two plans: every difference once, with the words a reader knows it by."""

from copy import deepcopy
from typing import Any

from planner.plan.differences import Difference, differences
from planner.plan.document import parse_plan
from planner.plan.examples import ORDER, template

BASE = template("support-chat").document


def diff(after: dict[str, Any], before: dict[str, Any] = BASE) -> list[Difference]:
    return differences(parse_plan(before), parse_plan(after))


def changed() -> dict[str, Any]:
    return deepcopy(BASE)


def test_it_finds_nothing_between_equal_plans() -> None:
    for name in ORDER:
        assert diff(template(name).document, template(name).document) == []


def test_it_names_a_changed_leaf() -> None:
    after = changed()
    after["workloads"][0]["requests_per_month"] = "2m to 3m"
    (found,) = diff(after)
    assert (found.kind, found.path) == ("changed", "workloads.chat.requests_per_month")
    assert found.label == "Requests per month"
    assert found.unit == "requests/month"
    assert (found.before, found.after) == (BASE["workloads"][0]["requests_per_month"], "2m to 3m")
    assert found.place == f"{parse_plan(BASE).workloads[0].name} › Requests per month"


def test_it_shows_the_default_that_holds_where_a_value_is_taken_back() -> None:
    after = changed()
    del after["workloads"][0]["peak_to_average"]
    (found,) = diff(after)
    assert found.is_default
    assert not found.was_default
    assert found.after is not None


def test_it_tells_a_range_written_as_an_object_once() -> None:
    before, after = changed(), changed()
    before["finance"]["discount_rate"] = {"kind": "pert", "low": 0.05, "mode": 0.1, "high": 0.2}
    after["finance"]["discount_rate"] = {"kind": "pert", "low": 0.06, "mode": 0.11, "high": 0.2}
    assert [each.path for each in diff(after, before)] == ["finance.discount_rate"]


def test_it_tells_an_added_option_with_its_contents() -> None:
    after = changed()
    after["options"].append({**deepcopy(after["options"][0]), "id": "second", "name": "Second vendor"})
    (found,) = diff(after)
    assert (found.kind, found.label, found.where) == ("added", "Second vendor", ())
    assert any(each.path == "options.second.primary.model" for each in found.contents)
    (gone,) = diff(BASE, after)
    assert (gone.kind, gone.label) == ("removed", "Second vendor")


def test_it_tells_another_kind_of_a_part() -> None:
    after = changed()
    after["market"]["frontier_api"] = {"kind": "flat"}
    (found,) = [each for each in diff(after) if each.path.startswith("market.frontier_api")]
    assert found.where == ("Market",)


def test_it_tells_a_changed_order_and_a_changed_name() -> None:
    after = changed()
    after["options"].reverse()
    after["name"] = "Another name"
    found = diff(after)
    assert [(each.kind, each.path) for each in found] == [("changed", "name"), ("order", "options")]
    assert found[1].after == list(reversed(found[1].before))
