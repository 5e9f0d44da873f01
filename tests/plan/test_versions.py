"""Documents of every version are read; newer ones are refused with what to do."""

import pytest

from planner.plan import versions
from planner.plan.document import parse_plan, plan_document
from planner.plan.errors import PlanInvalid
from planner.plan.versions import CURRENT_VERSION, UPGRADES, upgraded
from tests.plan.documents import changed, example_plan, without


def test_a_document_without_version_is_of_the_first() -> None:
    plan = parse_plan(without("/schema_version"))
    assert plan.schema_version == 1
    assert "schema_version" not in plan_document(plan)
    assert plan.options == example_plan().options


def test_every_step_up_to_now_is_there() -> None:
    assert set(UPGRADES) == set(range(1, CURRENT_VERSION))


def test_an_old_document_takes_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "CURRENT_VERSION", 3)
    monkeypatch.setitem(UPGRADES, 1, lambda document: document | {"schema_version": 2, "steps": [1]})
    monkeypatch.setitem(
        UPGRADES, 2, lambda document: document | {"schema_version": 3, "steps": [*document["steps"], 2]}
    )
    assert upgraded({"schema_version": 1}) == {"schema_version": 3, "steps": [1, 2]}
    assert upgraded({"schema_version": 3, "steps": []}) == {"schema_version": 3, "steps": []}


@pytest.mark.parametrize("version", [0, -1, 1.5, True, None, "1"])
def test_a_version_that_is_none_is_refused(version: object) -> None:
    with pytest.raises(PlanInvalid, match="must be a whole number"):
        upgraded({"schema_version": version})


def test_a_newer_document_is_refused() -> None:
    with pytest.raises(PlanInvalid, match="written by a newer program"):
        parse_plan(changed("/schema_version", CURRENT_VERSION + 1))
