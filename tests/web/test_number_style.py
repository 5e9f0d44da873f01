"""Numbers as the organisation writes them: on pages and in forms alike, and the same number in the document."""

import json

import pytest
from django_scopes import scope

from accounts.models import Organisation, User
from config.locales import locale_of, styled, unstyled
from planner.forms.entries import read_entry, write_entry
from planner.operations.plan_edit import plan_create
from planner.plan.examples import template
from planner.renderers.formats import format_count, format_money, format_price, format_share, money_scale
from tests.people import client_of


def test_it_writes_numbers_in_each_style() -> None:
    with locale_of("comma", "UTC"):
        assert format_count(1234567.5).text == "1.234.568"
        assert format_price(3.075).text == "3,08"
        assert format_share(0.025).text.startswith("2,5")
        assert format_money(-2_263_411.0, money_scale([2.3e6], "USD")).text == "(2,26)"
    with locale_of("space", "UTC"):
        assert format_count(12345).text == "12\u202f345"
    assert format_count(1234567.5).text == "1,234,568"


@pytest.mark.parametrize("style", ["point", "comma", "space"])
@pytest.mark.parametrize("value", [1234567, 0.5, -0.025, 1234.56, "0.2 / 0.4 / 0.6", "4M to 9M", "800 to 1500"])
def test_it_reads_what_it_writes(style: str, value: object) -> None:
    with locale_of(style, "UTC"):
        shown = write_entry(value)
        read = read_entry(shown)
    assert read == value or read == read_entry(str(value))


def test_it_reads_a_point_that_can_only_be_a_decimal_point() -> None:
    with locale_of("comma", "UTC"):
        assert read_entry("1.5") == 1.5
        assert read_entry("1.500") == 1500
        assert read_entry("1.234,5") == 1234.5
        assert read_entry("2,5m to 3m") == "2500000 to 3000000"


def test_it_leaves_words_alone() -> None:
    with locale_of("comma", "UTC"):
        assert styled("1,234.5 tokens") == "1.234,5 tokens"
        assert unstyled("none") == "none"


@pytest.mark.django_db
def test_it_follows_the_organisation(owner: User, organisation: Organisation) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(number_format="comma", time_zone="Asia/Shanghai")
    with scope(organisation=organisation):
        plan = plan_create(organisation=organisation, document=template("support-chat").document, created_by=owner)
    client, address = client_of(owner), f"/plans/{plan.id}/inputs/use"
    page = client.get(address)
    assert page.context["form"].shown["workloads.chat.input_tokens"] == "1.800"
    assert 'data-numbers="comma"' in page.content.decode()
    sent = {**page.context["form"].shown, "based_on": "1", "workloads.chat.input_tokens": "2.222,5"}
    assert client.post(address, sent).status_code == 302
    with scope(organisation=organisation):
        saved = json.loads(plan.revisions.get(number=2).document)
    expected = template("support-chat").document
    expected["workloads"][0]["input_tokens"] = 2222.5
    assert saved == expected
