"""`/metrics` gives bounded figures to who knows the token, and does not exist for anybody else."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import Organisation, User
from tests.people import client_of

TOKEN = "a-token-for-the-metrics"


def scrape(client: Client, token: str = TOKEN) -> str:
    response = client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def token(db: None, settings: Settings) -> str:
    settings.METRICS_TOKEN = TOKEN
    return TOKEN


def test_it_counts_requests_by_pattern_not_by_path(token: str) -> None:
    client = Client()
    client.get("/plans/0193a0c0-0000-7000-8000-000000000001")
    text = scrape(client)
    assert "danegeld_request_seconds_count" in text
    assert "0193a0c0" not in text


def test_it_tells_how_the_runs_stand(token: str) -> None:
    text = scrape(Client())
    for state in ("queued", "running", "succeeded", "failed", "cancelled"):
        assert f'danegeld_runs{{state="{state}"}} 0.0' in text
    assert "danegeld_run_queue_age_seconds 0.0" in text


def test_it_names_no_organisation(token: str, owner: User, organisation: Organisation) -> None:
    client_of(owner).get("/plans")
    text = scrape(Client())
    assert str(organisation.id) not in text
    assert organisation.name not in text


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}"])
def test_it_does_not_exist_without_the_token(token: str, header: str) -> None:
    assert Client().get("/metrics", headers={"Authorization": header}).status_code == 404


def test_it_does_not_exist_when_no_token_is_set(db: None, settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def series(client: Client) -> list[str]:
    return [line for line in scrape(client).splitlines() if not line.startswith("#")]


def test_it_keeps_the_number_of_series_small(token: str) -> None:
    """Whatever else this process has served before: fifty new addresses add the series of one pattern at most."""
    client = Client()
    before = series(client)
    for number in range(50):
        client.get(f"/no-such-page-{number}")
    added = [line for line in series(client) if line.split(" ")[0] not in {each.split(" ")[0] for each in before}]
    assert len(added) < 40
    assert not any(re.search(r"no-such-page", line) for line in added)
