"""Every route × method × person and key, out of the URL resolver. The rows, and how to add one, are in `rows.py`."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.http import HttpResponse

from accounts.models import KeyScope, User
from tests.people import client_of
from tests.rights.routes import names_in, path_of, routes
from tests.rights.rows import API, KEYS, OPERATORS, PAGES, SIGN_IN, WITH, Row
from tests.rights.world import CANARY, PEOPLE, Asker, World, world

__all__ = ["world"]

API_PREFIX = "api/v1/"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
UNSCOPED = re.compile(r'"request_id":"[^"]*"|csrfmiddlewaretoken" value="[^"]*"')
MATRIX: dict[str, Row] = {**{API_PREFIX + route: row for route, row in API.items()}, **PAGES}


def ours() -> set[str]:
    return {route for route in routes() if not route.startswith((*SIGN_IN, *OPERATORS))}


def said(answer: HttpResponse) -> str:
    """What an answer amounts to: its status, or `login`."""
    to_login = answer.status_code == 302 and answer.headers["Location"].startswith("/account/login/")
    return "login" if to_login else str(answer.status_code)


def lines(wrong: Mapping[str, object]) -> str:
    return "\n" + "\n".join(f"{what}: {found}" for what, found in wrong.items())


def carried(method: str, route: str) -> Mapping[str, Any]:
    return WITH.get((method, route), {})


def asked(world: World, method: str, route: str, asker: Asker) -> str:
    return said(asker.ask(method, route, world.ids, carried(method, route)))


def row_of(world: World, route: str) -> str:
    """The row of what the route answers now, as it would be written down."""
    row = {}
    for method in METHODS:
        answers = [asked(world, method, route, world.people[name]) for name in PEOPLE]
        if set(answers) - {"405", "401", "login"}:
            row[method] = " ".join(answers)
    return str(row).replace("'", '"')


def expected(route: str, method: str) -> list[str]:
    """One answer per person, for methods the row does not name too."""
    row = MATRIX[route]
    if method in row:
        return row[method].split()
    # The interface asks first who it is.
    return ["401" if _needs_account(row) else "405", *["405"] * 4]


def expected_of_key(route: str, method: str, name: str) -> set[str]:
    """What a key gets follows from what its owner gets; pages read no keys."""
    visitor, stranger, viewer, colleague, _owner = expected(route, method)
    if not route.startswith(API_PREFIX):
        return {visitor}
    if name in ("revoked key", "expired key"):
        # Where everybody gets the same, a route may leave the key unread.
        return {"401", visitor} if visitor == stranger == viewer == colleague else {"401"}
    if name in ("viewer's key", "stranger's key"):
        return {viewer if name == "viewer's key" else stranger}
    needed = KeyScope.PLANS_READ if method == "GET" else KeyScope.PLANS_WRITE
    return {"403" if _needs_account(MATRIX[route]) and name != f"key for {needed}" else colleague}


def _needs_account(row: Row) -> bool:
    return any(answers.startswith("401") for answers in row.values())


def test_it_has_a_row_for_every_route(world: World) -> None:
    missing = [
        f'    "{route.removeprefix(API_PREFIX)}": {row_of(world, route)},'
        for route in sorted(ours() - set(MATRIX))
        if not names_in(route) - set(world.ids)
    ]
    unknown = sorted({name for route in ours() for name in names_in(route)} - set(world.ids))
    assert not unknown, (
        f"give these placeholders a value in tests/rights/world.py (`_rows_of` or `_SAMPLES`): {unknown}"
    )
    assert not missing, "check who gets what, then add to tests/rights/rows.py:\n" + "\n".join(missing)
    assert set(MATRIX) - ours() == set(), "these routes are gone: remove their rows from tests/rights/rows.py"


@pytest.mark.parametrize("method", METHODS)
def test_it_gives_each_person_their_rights(world: World, method: str) -> None:
    wrong = {}
    for route in sorted(ours() & set(MATRIX)):
        found = [asked(world, method, route, world.people[name]) for name in PEOPLE]
        if found != expected(route, method):
            wrong[f"{method} {route}"] = f"row says {' '.join(expected(route, method))}, found {' '.join(found)}"
    assert not wrong, lines(wrong)


@pytest.mark.parametrize("method", METHODS)
def test_it_gives_each_key_what_it_was_made_for(world: World, method: str) -> None:
    wrong = {}
    for route in sorted(ours() & set(MATRIX) - set(KEYS)):
        for name, asker in world.keys.items():
            allowed = expected_of_key(route, method, name)
            if (found := asked(world, method, route, asker)) not in allowed:
                wrong[f"{name}: {method} {route}"] = f"expected {' or '.join(allowed)}, found {found}"
    assert not wrong, lines(wrong)


def test_it_answers_a_stranger_as_if_nothing_were_there(world: World) -> None:
    wrong = {}
    for route, method, asker in _knocks_of_strangers(world):
        answers = [asker.ask(method, route, values, carried(method, route)) for values in (world.ids, world.missing)]
        foreign, missing = (_comparable(answer, world) for answer in answers)
        if foreign != missing or any(secret in foreign for secret in world.secrets):
            wrong[f"{method} {route}"] = (foreign[:200], missing[:200])
    assert not wrong, lines(wrong)


def _knocks_of_strangers(world: World) -> Iterator[tuple[str, str, Asker]]:
    askers = (world.people["visitor"], world.people["stranger"], world.keys["stranger's key"])
    for route in sorted(ours() & set(MATRIX)):
        for method in MATRIX[route] if names_in(route) & world.hidden else ():
            yield from ((route, method, asker) for asker in askers)


def _comparable(answer: HttpResponse, world: World) -> str:
    text = f"{said(answer)} {answer.headers.get('Location', '')} {answer.getvalue().decode(errors='replace')}"
    for name in world.hidden:
        text = text.replace(world.ids[name], "an id").replace(world.missing[name], "an id")
    return UNSCOPED.sub("", text)


def test_it_keeps_the_admin_for_staff(world: World, owner: User) -> None:
    own = [route for route in sorted(routes()) if route.startswith(OPERATORS)]
    assert len(own) > 20
    values = {name: "1" for route in own for name in names_in(route)}
    for route in own:
        for name, asker in {**world.people, **world.keys}.items():
            answer = asker.ask("GET", route, values, {})
            assert answer.status_code in (302, 403, 404), (route, name)
            assert CANARY not in answer.content.decode(), (route, name)


def test_it_lets_staff_work(owner: User, world: World) -> None:
    User.objects.filter(pk=owner.pk).update(is_staff=True, is_superuser=True)
    staff = client_of(owner)
    for route in ("prices/imports", "prices/imports/<uuid:import_id>", "admin/"):
        assert staff.get(path_of(route, world.ids)).status_code == 200


def test_it_shows_nothing_of_an_organisation_on_account_pages(world: World) -> None:
    own = [route for route in sorted(routes()) if route.startswith(SIGN_IN)]
    assert len(own) > 10
    values = {name: "1" for route in own for name in names_in(route)}
    for route in own:
        for name in ("visitor", "stranger"):
            for method in ("GET", "POST"):
                answer = world.people[name].ask(method, route, values, {})
                assert answer.status_code < 500, (route, name)
                assert not any(secret in answer.content.decode() for secret in world.secrets), (route, name)
