"""Pay outside the United States, each figure with its source; the organisation's country is shown first."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from accounts.models import Organisation, User
from pricing.catalogue import Catalogue
from tests.people import client_of

pytestmark = pytest.mark.django_db
PAGE = "/prices/costs"


def text(client: Client, address: str = PAGE) -> str:
    return str(client.get(address).content.decode())


def test_it_knows_the_country_of_every_row_and_where_it_was_read() -> None:
    rows = Catalogue.load(date(2026, 11, 23)).salaries()
    abroad = [row for row in rows if row.country != "US"]
    assert {"GB", "DE", "FR"} <= {row.country for row in abroad}
    assert all(row.source.url and row.source.confidence == "found" for row in abroad)
    assert all(row.unit[:3].isupper() and row.unit[:3] != "USD" for row in abroad)


def test_it_shows_one_country_where_asked(client: Client) -> None:
    page = text(client, f"{PAGE}?country=DE")
    assert "5536" in page
    assert "49430" not in page
    assert "levels.fyi" not in page


def test_it_begins_with_the_organisations_country(organisation: Organisation, viewer: User) -> None:
    organisation.country = "GB"
    organisation.save()
    page = text(client_of(viewer))
    assert "49430" in page
    assert "5536" not in page
    assert "5536" in text(client_of(viewer), f"{PAGE}?country=")


def test_it_says_where_it_knows_nothing(client: Client) -> None:
    page = text(client, f"{PAGE}?country=BR")
    assert "No pay with a source was found for BR" in page
    assert "5536" in page
