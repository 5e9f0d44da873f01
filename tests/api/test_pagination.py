"""A list is walked in parts while others write."""

import pytest
from django_scopes import scopes_disabled

from accounts.models import Organisation, User
from planner.models import Plan
from tests.api.callers import Caller, assert_problem, body


def _make(organisation: Organisation, count: int) -> None:
    with scopes_disabled():
        for number in range(count):
            Plan.objects.create(organisation=organisation, name=f"Plan {number}", latest_revision_number=1)


def test_it_walks_the_list_without_gaps_or_repeats(organisation: Organisation, viewer: User) -> None:
    _make(organisation, 25)
    with scopes_disabled():
        there = {str(plan.id) for plan in Plan.objects.all()}
    caller, seen, path = Caller.of(viewer), [], "/api/v1/plans?limit=7"
    while path:
        part = body(caller.get(path.removeprefix("/api/v1/")))
        seen += [item["id"] for item in part["items"]]
        _make(organisation, 1)
        path = part["next"]
    assert len(seen) == len(set(seen))
    assert set(seen) == there


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "limit=٣", "cursor=forged", "cursor=", "page=2"])
def test_it_refuses_what_it_did_not_give_out(viewer: User, query: str) -> None:
    assert_problem(Caller.of(viewer).get(f"plans?{query}"), 400, "bad_parameter")


def test_it_shows_each_organisation_its_own(
    organisation: Organisation, viewer: User, other_organisation: Organisation, stranger: User
) -> None:
    _make(organisation, 2)
    assert len(body(Caller.of(viewer).get("plans"))["items"]) == 2
    assert body(Caller.of(stranger).get("plans")) == {"items": [], "next": None}
