"""While the database is away everything says so, with when to come back; a fault of ours stays a fault."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from accounts.models import User
from tests.people import client_of


def away(*_args: object, **_kwargs: object) -> None:
    raise OperationalError("the server closed the connection")


def broken(*_args: object, **_kwargs: object) -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize("path", ["/plans", "/organisation", "/api/v1/plans", "/prices"])
def test_it_answers_503_with_when_to_come_back(owner: User, path: str) -> None:
    client = client_of(owner)
    client.raise_request_exception = False
    with connection.execute_wrapper(away):
        answer = client.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    if path.startswith("/api/"):
        assert answer.json()["code"] == "unavailable"
    else:
        assert "cannot reach its database" in answer.content.decode()


def test_it_stays_alive(db: None) -> None:
    with connection.execute_wrapper(away):
        assert Client().get("/healthz").status_code == 200
        assert Client().get("/readyz").status_code == 503


def test_it_answers_500_for_a_fault_of_ours(owner: User) -> None:
    client = client_of(owner)
    client.raise_request_exception = False
    with connection.execute_wrapper(broken):
        answer = client.get("/plans")
    assert answer.status_code == 500
    assert "Retry-After" not in answer
