"""`/healthz` says that the process lives, `/readyz` that it can do its work."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from planner.models import ServiceBeat


def beat(age: timedelta) -> None:
    ServiceBeat.objects.update_or_create(name="sweeper", defaults={"beat_at": Now() - age})


def test_it_is_alive_without_asking_the_database(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        response = Client().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_it_is_ready_with_everything_in_place(db: None) -> None:
    beat(timedelta(seconds=5))
    response = Client().get("/readyz")
    assert response.status_code == 200
    assert response.json()["checks"] == {"database": "ok", "migrations": "ok", "broker": "ok", "sweeper": "ok"}


def test_it_says_that_this_is_the_try_out_mode(db: None) -> None:
    assert "try-out" in Client().get("/readyz").json()["mode"]


def test_it_is_not_ready_without_a_sweeper(db: None) -> None:
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert "has never run" in response.json()["checks"]["sweeper"]


def test_it_is_not_ready_with_a_sweeper_that_stopped(db: None) -> None:
    beat(timedelta(seconds=90))
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert "last ran 90 s ago" in response.json()["checks"]["sweeper"]


def test_it_is_not_ready_without_a_broker_and_keeps_its_address_to_itself(db: None, settings: Settings) -> None:
    beat(timedelta(seconds=5))
    settings.CELERY_BROKER_URL = "redis://:hunter2@127.0.0.1:1/0"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 0.2}
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["broker"].startswith("does not answer")
    assert b"hunter2" not in response.content


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_answers_reading_only(db: None, method: str) -> None:
    assert getattr(Client(), method)("/healthz").status_code == 405
