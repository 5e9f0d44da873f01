"""Every page × person, taken from the URL resolver: a page without a row fails. The interface has its own matrix.

Each page is of one kind, and the kind says what a visitor and a stranger get: never anything of the organisation,
and for its ids the same answer as for ids that do not exist.
"""

import re
import uuid
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django_scopes import scope

from accounts.models import Membership, Organisation, User
from planner.operations.plan_edit import plan_create
from planner.operations.run_start import run_start
from planner.plan.examples import template
from tests.people import client_of

OPEN = "anybody, also without an account"
MEMBER = "members, of their own organisation"
OWNER = "owners, of their own organisation"
ITS_ID = "members of the organisation the id belongs to"
OPERATOR = "the people who run the installation"

KINDS: dict[str, str] = {
    "": OPEN, "healthz": OPEN, "readyz": OPEN, "metrics": OPEN, "models": OPEN, "design/components": OPEN,
    "plans/new": OPEN, "draft": OPEN, "draft/assumptions": OPEN, "draft/inputs/<slug:section>": OPEN,
    "draft/flips": OPEN, "draft/questions/<int:step>": OPEN, "draft/tables/<slug:table>.csv": OPEN,
    "draft/finance": OPEN, "draft/finance/<slug:option>/<slug:table>.csv": OPEN, "draft/trace/<str:figure>": OPEN,
    "draft/keep": MEMBER,
    "plans": MEMBER, "plans/<uuid:plan_id>": ITS_ID, "plans/<uuid:plan_id>/assumptions": ITS_ID,
    "plans/<uuid:plan_id>/inputs/<slug:section>": ITS_ID, "plans/<uuid:plan_id>/flips": ITS_ID,
    "plans/<uuid:plan_id>/start/<int:step>": ITS_ID, "plans/<uuid:plan_id>/run": ITS_ID,
    "plans/<uuid:plan_id>/state": ITS_ID, "plans/<uuid:plan_id>/tables/<slug:table>.csv": ITS_ID,
    "plans/<uuid:plan_id>/finance": ITS_ID, "plans/<uuid:plan_id>/finance/<slug:option>/<slug:table>.csv": ITS_ID,
    "plans/<uuid:plan_id>/trace/<str:figure>": ITS_ID, "runs/<uuid:run_id>": ITS_ID,
    "runs/<uuid:run_id>/cancel": ITS_ID,
    "prices": OPEN, "prices/compare": OPEN, "prices/accelerators": OPEN, "prices/costs": OPEN, "prices/history": OPEN,
    "prices/two-tiers": OPEN, "prices/outlook": OPEN, "prices/models/<path:model_id>": OPEN, "prices/book": MEMBER,
    "prices/book/<uuid:entry_id>/end": ITS_ID, "prices/imports": OPERATOR, "prices/imports/<uuid:import_id>": OPERATOR,
    "prices/verify/<path:model_id>": MEMBER,
    "organisation": MEMBER, "organisation/people": MEMBER, "organisation/people/invite": OWNER,
    "organisation/people/<uuid:member_id>/role": ITS_ID, "organisation/people/<uuid:member_id>/remove": ITS_ID,
    "organisation/invitations/<uuid:invitation_id>/revoke": ITS_ID, "organisation/log": OWNER,
    "organisation/keys": MEMBER, "organisation/keys/<uuid:key_id>/revoke": ITS_ID,
    "organisation/keys/<uuid:key_id>/rotate": ITS_ID, "organisation/switch/<uuid:organisation_id>": ITS_ID,
    "invitation/<str:token>": MEMBER,
}  # fmt: skip
"""Route -> who may see it. `account/…` (allauth) and `admin/…` hold nothing of an organisation but its people's own."""
FOR_EDITORS = {"plans/<uuid:plan_id>/start/<int:step>", "plans/new", "draft/keep"}
"""What viewers are refused in their own organisation."""
SAMPLES = {"section": "use", "step": "1", "table": "options", "option": "api", "figure": "options.npv", "token": "0.0"}


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern, route)


def pages() -> set[str]:
    return {route for route in routes(get_resolver()) if not route.startswith(("api/", "account/", "admin/"))}


def path_of(route: str, ids: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        kind, _, name = match[1].partition(":")
        if kind == "uuid":
            return ids.get(name, str(uuid.UUID(int=1)))
        return quote(SAMPLES.get(name, "openai/gpt-4o"))

    return "/" + re.sub(r"<([^>]+)>", value, route)


def is_sign_in(answer: object) -> bool:
    return str(getattr(answer, "headers", {}).get("Location", "")).startswith("/account/login/")


@pytest.fixture
def ids(owner: User, organisation: Organisation) -> dict[str, str]:
    """Ids of real rows of the organisation, by the name the routes give them."""
    with scope(organisation=organisation):
        plan = plan_create(organisation=organisation, document=template("support-chat").json, created_by=owner)
        run = run_start(plan=plan).run
        member = Membership.objects.get(user=owner)
    known = {"plan_id": plan.id, "run_id": run.id, "member_id": member.id, "organisation_id": organisation.id}
    return {name: str(value) for name, value in known.items()}


def test_it_knows_every_page() -> None:
    assert pages() == set(KINDS)


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_leads_visitors_to_the_sign_in(db: None, method: str) -> None:
    client = Client()
    wrong = {}
    for route, kind in KINDS.items():
        answer = getattr(client, method)(path_of(route, {}))
        expected = answer.status_code < 500 if kind == OPEN else is_sign_in(answer) or answer.status_code == 405
        if not expected and not (route in ("readyz", "metrics") and answer.status_code in (404, 503)):
            wrong[route] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_answers_a_stranger_as_if_nothing_were_there(
    stranger: User, other_organisation: Organisation, ids: dict[str, str], method: str
) -> None:
    client = client_of(stranger)
    wrong = {}
    for route, kind in KINDS.items():
        if kind != ITS_ID:
            continue
        foreign = getattr(client, method)(path_of(route, ids), {"role": "viewer"})
        missing = getattr(client, method)(path_of(route, {}), {"role": "viewer"})
        if foreign.status_code not in (404, 405) or foreign.status_code != missing.status_code:
            wrong[route] = (foreign.status_code, missing.status_code)
    assert wrong == {}


def test_it_shows_nothing_of_the_organisation_to_a_stranger(
    stranger: User, other_organisation: Organisation, organisation: Organisation, owner: User, ids: dict[str, str]
) -> None:
    client = client_of(stranger)
    shown = [
        route
        for route in KINDS
        if any(secret in client.get(path_of(route, ids)).content.decode(errors="replace") for secret in
               (organisation.name, owner.email))
    ]  # fmt: skip
    assert shown == []


def test_it_serves_members_without_an_error(viewer: User, colleague: User, owner: User, ids: dict[str, str]) -> None:
    wrong = {}
    for person in (viewer, colleague, owner):
        client = client_of(person)
        for route, kind in KINDS.items():
            if route in ("readyz", "metrics"):
                continue
            status = client.get(path_of(route, ids)).status_code
            may_refuse = (
                kind == OPERATOR
                or (kind == OWNER and person is not owner)
                or (route in FOR_EDITORS and person is viewer)
            )
            if status >= 500 or (status == 403 and not may_refuse):
                wrong[f"{person.email} {route}"] = status
    assert wrong == {}


def test_it_keeps_the_owners_pages_for_owners(viewer: User, colleague: User, ids: dict[str, str]) -> None:
    for person in (viewer, colleague):
        client = client_of(person)
        for route in (route for route, kind in KINDS.items() if kind == OWNER):
            answers = [client.get(path_of(route, ids)), client.post(path_of(route, ids))]
            assert {answer.status_code for answer in answers} <= {403, 405}, route
