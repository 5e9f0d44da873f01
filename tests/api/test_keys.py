"""A program signs in with a key and may do what the key and its owner may."""

import base64

import pytest
from django_scopes import scope

from accounts.models import ApiKey, KeyScope, Membership, Organisation, Role, User
from accounts.operations.api_keys import api_key_create, api_key_revoke
from tests.api.callers import Caller, assert_problem, body, example

READ = [KeyScope.PLANS_READ]
BOTH = [KeyScope.PLANS_READ, KeyScope.PLANS_WRITE]


def _key(user: User, scopes: list[KeyScope]) -> tuple[ApiKey, str]:
    member = Membership.objects.select_related("organisation", "user").get(user=user)
    with scope(organisation=member.organisation):
        return api_key_create(by=member, name="Program", scopes=scopes)


def _bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


@pytest.fixture
def program(db: None) -> Caller:
    """A caller without cookies."""
    return Caller.of(None)


def test_it_stores_and_reads_plans(program: Caller, colleague: User) -> None:
    headers = _bearer(_key(colleague, BOTH)[1])
    stored = program.send("POST", "plans", example(), Idempotency_Key="one", **headers)
    assert stored.status_code == 201
    assert program.get(f"plans/{body(stored)['id']}", **headers).status_code == 200


def test_it_takes_the_key_as_a_password(program: Caller, viewer: User) -> None:
    text = _key(viewer, READ)[1]
    basic = base64.b64encode(f"token:{text}".encode()).decode()
    assert program.get("plans", Authorization=f"Basic {basic}").status_code == 200


def test_it_keeps_to_its_scopes(program: Caller, colleague: User) -> None:
    headers = _bearer(_key(colleague, READ)[1])
    answer = program.send("POST", "plans", example(), Idempotency_Key="one", **headers)
    assert "plans:write" in assert_problem(answer, 403, "scope_missing")["detail"]
    writes_only = _bearer(_key(colleague, [KeyScope.PLANS_WRITE])[1])
    assert_problem(program.get("plans", **writes_only), 403, "scope_missing")


def test_it_may_no_more_than_its_owner(program: Caller, colleague: User) -> None:
    headers = _bearer(_key(colleague, BOTH)[1])
    Membership.objects.filter(user=colleague).update(role=Role.VIEWER)
    answer = program.send("POST", "plans", example(), Idempotency_Key="one", **headers)
    assert_problem(answer, 403, "permission_denied")


def test_it_sees_its_organisation_only(
    program: Caller, colleague: User, stranger: User, other_organisation: Organisation
) -> None:
    plan = Caller.of(colleague).create_plan()
    answer = program.get(f"plans/{plan['id']}", **_bearer(_key(stranger, READ)[1]))
    assert_problem(answer, 404, "not_found")


def test_it_opens_nothing_when_revoked(program: Caller, colleague: User) -> None:
    key, text = _key(colleague, READ)
    with scope(organisation=key.organisation):
        api_key_revoke(by=Membership.objects.get(user=colleague), key_id=key.id)
    answer = program.get("plans", **_bearer(text))
    assert_problem(answer, 401, "authentication_failed")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer nonsense", "Basic !!!", "Basic dXNlcjpw", "Digest x", "Bearer dgd_key_aaaaaaaa_" + "a" * 49],
)
def test_it_refuses_what_is_no_key(program: Caller, header: str) -> None:
    assert_problem(program.get("plans", Authorization=header), 401, "authentication_failed")


def test_it_needs_no_csrf_token(colleague: User) -> None:
    from django.test import Client

    strict = Caller(Client(enforce_csrf_checks=True))
    headers = _bearer(_key(colleague, BOTH)[1])
    assert strict.send("POST", "plans", example(), Idempotency_Key="one", **headers).status_code == 201


def test_it_evaluates_with_a_key_too(program: Caller, viewer: User) -> None:
    headers = _bearer(_key(viewer, READ)[1])
    assert program.send("POST", "evaluate", example(), **headers).status_code == 200
