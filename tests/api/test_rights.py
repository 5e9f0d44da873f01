"""Who may do what: every route × method × person, taken from the URL resolver. A route without a row fails."""

import uuid
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import Organisation, User
from planner.operations.run_execute import run_execute
from tests.api.callers import Caller, body, example

PEOPLE = ("visitor", "stranger", "viewer", "colleague", "owner")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OPEN = "200 200 200 200 200"
READ = "401 404 200 200 200"

# Route, then for each method it takes the status for visitor, stranger, viewer, colleague and owner. The plan has one
# revision and one succeeded run; deleting comes last for each person and is sent with an old If-Match.
RIGHTS: dict[str, dict[str, str]] = {
    "evaluate": {"POST": OPEN},
    "evaluate/trace": {"POST": "400 400 400 400 400"},
    "plan-schema.json": {"GET": OPEN},
    "openapi.json": {"GET": OPEN},
    "prices": {"GET": OPEN},
    "prices/history": {"GET": "400 400 400 400 400"},
    "accelerators": {"GET": OPEN},
    "architectures": {"GET": OPEN},
    "market-scenarios": {"GET": OPEN},
    "facts": {"GET": "400 400 400 400 400"},
    "plans": {"GET": "401 200 200 200 200", "POST": "401 201 403 201 201"},
    "plans/<uuid:plan_id>": {"GET": READ, "PUT": "401 404 403 412 412", "DELETE": "401 404 403 412 412"},
    "plans/<uuid:plan_id>/revisions": {"GET": READ},
    "plans/<uuid:plan_id>/revisions/<revision:number>": {"GET": READ},
    "plans/<uuid:plan_id>/runs": {"GET": READ, "POST": "401 404 403 200 200"},
    "runs/<uuid:run_id>": {"GET": READ},
    "runs/<uuid:run_id>/result": {"GET": READ},
    "runs/<uuid:run_id>/trace": {"GET": "401 404 200 200 200"},
    "runs/<uuid:run_id>/cancel": {"POST": "401 404 403 409 409"},
}


def _routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from _routes(pattern, route)


def _api_routes() -> set[str]:
    routes = _routes(get_resolver())
    return {route.removeprefix("api/v1/") for route in routes if route.startswith("api/")}


@pytest.fixture
def callers(
    stranger: User,
    other_organisation: Organisation,
    viewer: User,
    colleague: User,
    owner: User,
) -> dict[str, Caller]:
    """Everybody, by name."""
    people = (None, stranger, viewer, colleague, owner)
    return {name: Caller.of(person) for name, person in zip(PEOPLE, people, strict=True)}


@pytest.fixture
def ids(callers: dict[str, Caller]) -> dict[str, str]:
    """A plan of the colleague's organisation with a finished run."""
    plan = callers["colleague"].create_plan()
    run = body(callers["colleague"].send("POST", f"plans/{plan['id']}/runs"))
    assert run_execute(run_id=uuid.UUID(run["id"]))
    return {"<uuid:plan_id>": plan["id"], "<uuid:run_id>": run["id"], "<revision:number>": "1"}


def _send(caller: Caller, method: str, route: str, ids: dict[str, str]) -> HttpResponse:
    for placeholder, value in ids.items():
        route = route.replace(placeholder, value)
    if route.endswith("/trace") and "runs/" in route:
        route += "?figure=options.today.npv"
    headers = {"Idempotency_Key": str(uuid.uuid4())} if (method, route) == ("POST", "plans") else {}
    if method in ("PUT", "DELETE"):
        headers["If_Match"] = '"revision-9"'
    takes_a_plan = route in ("plans", "evaluate") or method == "PUT"
    return caller.send(method, route, example() if takes_a_plan and method != "GET" else None, **headers)


def test_it_has_a_row_for_every_route(db: None) -> None:
    assert _api_routes() == set(RIGHTS)


@pytest.mark.parametrize("route", RIGHTS)
def test_it_gives_each_person_their_rights(route: str, callers: dict[str, Caller], ids: dict[str, str]) -> None:
    needs_account = any(statuses.startswith("401") for statuses in RIGHTS[route].values())
    found, expected = {}, {}
    for method in METHODS:
        refused = ("401" if needs_account else "405") + " 405" * 4
        for person, status in zip(PEOPLE, RIGHTS[route].get(method, refused).split(), strict=True):
            expected[method, person] = int(status)
            found[method, person] = _send(callers[person], method, route, ids).status_code
    assert found == expected


@pytest.mark.parametrize("route", [route for route in RIGHTS if "<uuid:" in route])
def test_it_answers_a_stranger_as_if_nothing_were_there(
    route: str, callers: dict[str, Caller], ids: dict[str, str]
) -> None:
    missing = {**ids, "<uuid:plan_id>": str(uuid.uuid4()), "<uuid:run_id>": str(uuid.uuid4())}
    for method in RIGHTS[route]:
        answers = [_send(callers["stranger"], method, route, chosen) for chosen in (ids, missing)]
        assert [answer.status_code for answer in answers] == [404, 404]
        foreign, absent = ({**body(answer), "request_id": ""} for answer in answers)
        assert foreign == absent
