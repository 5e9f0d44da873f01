"""A creating request that is sent twice does its work once."""

import pytest
from django.db.models.functions import Now
from django_scopes import scopes_disabled

from accounts.models import User
from planner.models import IdempotentRequest, Plan
from tests.api.callers import Caller, assert_problem, example


@pytest.fixture
def editor(colleague: User) -> Caller:
    """A person who may create plans."""
    return Caller.of(colleague)


def _plans() -> int:
    with scopes_disabled():
        return int(Plan.objects.count())


def test_it_answers_the_second_request_like_the_first(editor: Caller) -> None:
    first, second = (editor.send("POST", "plans", example(), Idempotency_Key="one") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert first.headers["Location"] == second.headers["Location"]
    assert second.headers["Idempotency-Replayed"] == "true"
    assert _plans() == 1


def test_it_does_the_work_again_for_another_key(editor: Caller) -> None:
    for key in ("one", "two"):
        editor.send("POST", "plans", example(), Idempotency_Key=key)
    assert _plans() == 2


def test_it_refuses_the_key_of_another_request(editor: Caller) -> None:
    editor.send("POST", "plans", example(), Idempotency_Key="one")
    answer = editor.send("POST", "plans", example(name="Another"), Idempotency_Key="one")
    assert_problem(answer, 422, "unprocessable")


def test_it_wants_a_key_where_a_second_one_would_be_made(editor: Caller) -> None:
    problem = assert_problem(editor.send("POST", "plans", example()), 400, "bad_parameter")
    assert "Idempotency-Key" in problem["detail"]


@pytest.mark.parametrize("key", ["", "two words", "x" * 256, "späť"])
def test_it_refuses_a_key_that_is_none(editor: Caller, key: str) -> None:
    assert_problem(editor.send("POST", "plans", example(), Idempotency_Key=key), 400, "bad_parameter")


def test_it_keeps_nothing_of_a_refused_request(editor: Caller) -> None:
    assert editor.send("POST", "plans", {"name": "Empty"}, Idempotency_Key="one").status_code == 422
    assert editor.send("POST", "plans", example(), Idempotency_Key="one").status_code == 201


def test_it_keeps_the_keys_of_two_people_apart(editor: Caller, owner: User) -> None:
    for caller in (editor, Caller.of(owner)):
        assert caller.send("POST", "plans", example(), Idempotency_Key="one").status_code == 201
    assert _plans() == 2


def test_it_asks_to_wait_while_the_first_is_at_work(editor: Caller, colleague: User) -> None:
    editor.send("POST", "plans", example(), Idempotency_Key="one")
    with scopes_disabled():
        IdempotentRequest.objects.update(status=None, created_at=Now())
    answer = editor.send("POST", "plans", example(), Idempotency_Key="one")
    assert_problem(answer, 409, "conflict")
    assert answer.headers["Retry-After"] == "1"
