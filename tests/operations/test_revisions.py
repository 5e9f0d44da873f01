"""A plan's history: every saved state stays, nobody overwrites a colleague unseen."""

import pytest

from accounts.models import Organisation, User
from planner.models import Plan
from planner.operations.plan_edit import RevisionIsOld, plan_create, plan_delete, plan_rename, revision_save
from planner.plan.document import canonical_json, parse_plan
from planner.plan.errors import PlanInvalid
from planner.plan.examples import template

DOCUMENT = template("support-chat").document


@pytest.fixture
def plan(organisation: Organisation, in_scope: None) -> Plan:
    """A stored plan with one revision."""
    return plan_create(organisation=organisation, document=DOCUMENT)


def test_it_stores_canonical_json(plan: Plan) -> None:
    assert plan.revisions.get().document.encode() == canonical_json(parse_plan(DOCUMENT))


def test_it_numbers_revisions(plan: Plan) -> None:
    revision_save(plan=plan, document={**DOCUMENT, "name": "Two"}, based_on=1)
    assert list(plan.revisions.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert plan.name == "Two"


def test_it_refuses_a_change_of_an_old_revision(plan: Plan) -> None:
    revision_save(plan=plan, document={**DOCUMENT, "name": "Two"}, based_on=1)
    with pytest.raises(RevisionIsOld, match="revision 1, but the plan is at revision 2"):
        revision_save(plan=plan, document={**DOCUMENT, "name": "Three"}, based_on=1)


def test_it_refuses_to_repeat_an_old_revision_unseen(plan: Plan) -> None:
    revision_save(plan=plan, document={**DOCUMENT, "name": "Two"}, based_on=1)
    with pytest.raises(RevisionIsOld):
        revision_save(plan=plan, document=DOCUMENT, based_on=1)


def test_it_stores_nothing_when_nothing_changed(plan: Plan) -> None:
    assert revision_save(plan=plan, document=DOCUMENT, based_on=1).number == 1
    assert plan.revisions.count() == 1


def test_it_stores_nothing_of_an_invalid_plan(organisation: Organisation, in_scope: None) -> None:
    with pytest.raises(PlanInvalid):
        plan_create(organisation=organisation, document={**DOCUMENT, "options": []})
    assert not Plan.objects.exists()


def test_it_renames_a_plan_in_its_document_too(plan: Plan, colleague: User) -> None:
    revision = plan_rename(plan=plan, name="Renamed", renamed_by=colleague)
    assert parse_plan(revision.document).name == "Renamed"
    assert (plan.name, revision.created_by) == ("Renamed", colleague)


def test_it_deletes_no_plan_that_has_changed(plan: Plan) -> None:
    revision_save(plan=plan, document={**DOCUMENT, "name": "Two"}, based_on=1)
    with pytest.raises(RevisionIsOld):
        plan_delete(plan=plan, based_on=1)
    assert Plan.objects.exists()
