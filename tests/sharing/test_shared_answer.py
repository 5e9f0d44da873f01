"""What a share link shows, and above all what it does not."""

import re
from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from accounts.models import AuditEntry, Membership, Organisation, User
from planner.models import Plan, Share
from planner.operations.plan_edit import plan_create
from planner.operations.run_execute import run_execute
from planner.operations.run_start import run_start
from planner.operations.share import ShareWish, share_create
from tests.api.callers import example
from tests.people import client_of

SALARY, HEADCOUNT, PRICE = 173_951.0, 3.1743, 2.8642


def document() -> dict[str, Any]:
    """A plan with a salary and a contract price that no other figure equals."""
    plan = example("support-chat", name="Support desk")
    plan["notes"] = {"finance.discount_rate": "Agreed with the treasurer"}
    host = next(option for option in plan["options"] if option["id"] == "host-70b")
    host["team"][0] |= {"headcount": HEADCOUNT, "annual_pay": SALARY}
    today = next(option for option in plan["options"] if option["id"] == "today")
    today["primary"] |= {"input_price": PRICE, "output_price": 4 * PRICE}
    return plan


@pytest.fixture
def plan(organisation: Organisation, owner: User) -> Plan:
    with scope(organisation=organisation):
        plan = plan_create(organisation=organisation, document=document(), created_by=owner)
        assert run_execute(run_id=run_start(plan=plan).run.id)
    return plan


def make(plan: Plan, owner: User, **wish: Any) -> tuple[Share, str]:
    with scope(organisation=plan.organisation):
        member = Membership.objects.select_related("organisation", "user").get(user=owner)
        share, token = share_create(by=member, plan=plan, wish=ShareWish(purpose="The board", **wish))
    return share, f"/s/{token}"


def change(share: Share, **values: Any) -> None:
    with scopes_disabled():
        Share.objects.filter(pk=share.pk).update(**values)


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_it_shows_the_answer_without_an_account(plan: Plan, owner: User) -> None:
    share, address = make(plan, owner)
    answer = Client().get(address)
    assert answer.status_code == 200
    assert "Support desk" in text(answer)
    assert "<table" in text(answer)
    with scopes_disabled():
        assert Share.objects.get(pk=share.pk).last_opened_at is not None


def test_it_shows_no_salary_price_key_or_person(plan: Plan, owner: User) -> None:
    _share, address = make(plan, owner, allows_downloads=True)
    client = Client()
    page = text(client.get(address))
    files: list[str] = re.findall(r'href="([^"]+\.csv)"', page)
    assert files
    seen = page + "".join(client.get(file).getvalue().decode() for file in files)
    for secret in (*written(SALARY), *written(HEADCOUNT), *written(PRICE), *written(4 * PRICE)):
        assert secret not in seen, secret
    for secret in (owner.email, plan.organisation.name, "treasurer", str(plan.id), "/trace/", "Salary", "Headcount"):
        assert secret not in seen, secret


def written(value: float) -> set[str]:
    """The ways a page, a chart or a file could write this number, those of fewer than four signs left out."""
    return {form for form in (str(value), f"{value:g}", f"{value:,.0f}", f"{value:,.3f}") if len(form) > 3}


def test_it_adds_up_what_it_keeps_back(plan: Plan, owner: User) -> None:
    _share, address = make(plan, owner)
    page = text(Client().get(address))
    assert "Everything kept back, as one sum" in page
    for head in (">Team", ">Development", ">API fees", "Per 1,000 requests", "Per million tokens"):
        assert head not in page


def test_it_shows_what_its_maker_lets_it_show(plan: Plan, owner: User) -> None:
    _share, address = make(plan, owner, hides_people=False, hides_contract_prices=False)
    page = text(Client().get(address))
    assert all(head in page for head in (">Team", ">Development", ">API fees", "Per 1,000 requests"))


def test_it_says_whom_to_ask_when_it_is_over(plan: Plan, owner: User) -> None:
    share, address = make(plan, owner)
    for over in ({"expires_at": timezone.now() - timedelta(seconds=1)}, {"revoked_at": timezone.now()}):
        change(share, **over)
        answer = Client().get(address)
        assert answer.status_code == 410
        assert "Ask Owner for a new link" in text(answer)
        assert "Support desk" not in text(answer)


def test_it_takes_nothing_but_the_whole_token(plan: Plan, owner: User) -> None:
    share, address = make(plan, owner)
    other = make(plan, owner)[1]
    forged = address[: len("/s/dgd_share_12345678_")] + other[len("/s/dgd_share_12345678_") :]
    for wrong in ("/s/x", f"/s/{share.prefix}", address[:-1], forged, address.replace("_share_", "_key_")):
        answer = Client().get(wrong)
        assert (answer.status_code, "Support desk" in text(answer)) == (404, False)


def test_it_asks_for_the_password(plan: Plan, owner: User) -> None:
    _share, address = make(plan, owner, password="halibut", allows_downloads=True)
    client = Client()
    assert "Support desk" not in text(client.get(address))
    assert client.get(f"{address}/tables/options.csv").status_code == 404
    assert client.post(address, {"password": "haddock"}).status_code == 422
    assert client.post(address, {"password": "halibut"}).status_code == 302
    assert "Support desk" in text(client.get(address))
    assert "Support desk" not in text(Client().get(address))


def test_it_stops_whoever_tries_passwords(plan: Plan, owner: User) -> None:
    _share, address = make(plan, owner, password="halibut")
    answers = [Client().post(address, {"password": f"guess {number}"}).status_code for number in range(11)]
    assert answers == [422] * 10 + [429]
    assert Client().post(address, {"password": "halibut"}).status_code == 429


def test_it_stops_whoever_tries_links(db: None) -> None:
    answers = [Client().get(f"/s/{number}").status_code for number in range(61)]
    assert answers == [404] * 60 + [429]


def test_it_stays_out_of_indexes_caches_and_referrers(plan: Plan, owner: User) -> None:
    share, address = make(plan, owner, allows_downloads=True)
    answers = [Client().get(address), Client().get(f"{address}/tables/options.csv"), Client().get("/s/x")]
    change(share, revoked_at=timezone.now())
    for answer in (*answers, Client().get(address)):
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"


def test_it_stores_neither_link_nor_password(plan: Plan, owner: User) -> None:
    share, address = make(plan, owner, password="halibut")
    with scopes_disabled():
        row = Share.objects.filter(pk=share.pk).values().get()
        log = list(AuditEntry.objects.values())
    stored = orjson.dumps([row, log], default=str).decode()
    secret = address.rpartition("_")[2]
    assert secret not in stored
    assert "halibut" not in stored


def test_it_is_made_listed_and_revoked_on_its_page(plan: Plan, colleague: User, viewer: User) -> None:
    client, page = client_of(colleague), f"/plans/{plan.id}/share"
    made = client.post(page, {"purpose": "The board", "days": "30", "hides_people": "on"})
    address = re.search(r"http://testserver(/s/[^\"<]+)", text(made))
    assert address
    assert "The board" in text(client_of(viewer).get(page))
    assert address[1] not in text(client.get(page))
    with scope(organisation=plan.organisation):
        share = plan.shares.get()
        assert (share.hides_people, share.hides_contract_prices, share.allows_downloads) == (True, False, False)
        assert round((share.expires_at - timezone.now()).total_seconds() / 86400) == 30
    client.post(f"{page}/{share.id}/revoke")
    assert Client().get(address[1]).status_code == 410
    with scope(organisation=plan.organisation):
        actions = list(AuditEntry.objects.order_by("created_at", "id").values_list("action", flat=True))
    assert actions[-2:] == ["share_created", "share_revoked"]


@pytest.mark.parametrize(
    "wrong", [{"purpose": ""}, {"purpose": "x" * 81}, {"days": "0"}, {"days": "366"}, {"days": "soon"}]
)
def test_it_refuses_what_makes_no_link(plan: Plan, colleague: User, wrong: dict[str, str]) -> None:
    answer = client_of(colleague).post(f"/plans/{plan.id}/share", {"purpose": "Board", "days": "30", **wrong})
    assert answer.status_code == 422
    with scope(organisation=plan.organisation):
        assert not plan.shares.exists()
