"""Whatever goes wrong below /api is said in one shape."""

from unittest.mock import patch

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import Organisation, User
from tests.api.callers import Caller, assert_problem, example
from tests.people import PASSWORD


@pytest.mark.parametrize("path", ["nowhere", "plans/", "plans/not-an-id", "runs/1", "plans/%00", "../../etc"])
def test_it_answers_an_unknown_address(db: None, path: str) -> None:
    assert_problem(Caller.of(None).get(path), 404, "not_found")


def test_it_answers_an_unknown_address_outside_the_version(db: None) -> None:
    answer: HttpResponse = Client().get("/api/v2/plans")  # type: ignore[assignment]  # the test client adds to the answer
    assert_problem(answer, 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "evaluate"), ("PATCH", "plans"), ("OPTIONS", "plans"), ("POST", "openapi.json")]
)
def test_it_names_the_methods_an_address_takes(colleague: User, method: str, path: str) -> None:
    answer = Caller.of(colleague).send(method, path)
    assert_problem(answer, 405, "method_not_allowed")
    assert answer.headers["Allow"]


def test_it_wants_the_csrf_token_of_a_session(colleague: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(colleague, backend="django.contrib.auth.backends.ModelBackend")
    answer = Caller(client).send("POST", "plans", example(), Idempotency_Key="one")
    assert_problem(answer, 403, "permission_denied")


def test_it_tells_nothing_about_an_error_in_the_program(colleague: User) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(colleague, backend="django.contrib.auth.backends.ModelBackend")
    with patch("planner.api.plans.plans_of", side_effect=RuntimeError("salary 123456")):
        answer = Caller(client).get("plans")
    problem = assert_problem(answer, 500, "internal")
    assert "salary" not in answer.content.decode()
    assert problem["errors"] == []


def test_it_asks_a_person_without_an_organisation_to_join_one(db: None) -> None:
    lonely = User.objects.create_user("lonely@example.org", PASSWORD)
    assert_problem(Caller.of(lonely).get("plans"), 403, "permission_denied")
    assert not Organisation.objects.exists()


def test_it_carries_the_security_headers_on_errors_too(db: None) -> None:
    headers = Caller.of(None).get("nowhere").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"]
