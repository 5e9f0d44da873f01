"""The visitor's way, without an account and without a script."""

import re

import pytest
from django.test import Client

from planner.plan.examples import ORDER

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return Client()


def begin(client: Client, template: str = "support-chat") -> None:
    client.post("/plans/new", {"template": template})


def test_it_offers_every_template(client: Client) -> None:
    page = client.get("/plans/new").content.decode()
    assert all(f'value="{template}"' in page for template in ORDER)


def test_it_shows_a_live_sample_on_the_first_page(client: Client) -> None:
    few, many = (client.get(f"/?volume={step}").content.decode() for step in (0, 8))
    assert "in today’s money" in few
    assert few.split("demo-answer")[1] != many.split("demo-answer")[1]


def test_it_answers_the_slider_with_a_fragment(client: Client) -> None:
    fragment = client.get("/?volume=2", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "in today’s money" in fragment


@pytest.mark.parametrize("volume", ["99", "-1", "x", ""])
def test_it_takes_the_usual_volume_for_nonsense(client: Client, volume: str) -> None:
    assert client.get("/", {"volume": volume}).status_code == 200


def test_it_leads_from_the_template_through_four_questions_to_the_answer(client: Client) -> None:
    assert client.post("/plans/new", {"template": "support-chat"}).headers["Location"] == "/draft/questions/1"
    answers = (
        {"requests": "2.5m"},
        {"input_tokens": "1,500", "output_tokens": "300"},
        {"model": "openai/gpt-5"},
        {"growth": "3 %"},
    )
    for step, answer in enumerate(answers, start=1):
        response = client.post(f"/draft/questions/{step}", answer)
        assert response.headers["Location"] == (f"/draft/questions/{step + 1}" if step < 4 else "/draft")
    page = client.get("/draft")
    assert page.status_code == 200
    assert "in today’s money" in page.content.decode()


def test_it_puts_the_answers_into_the_document(client: Client) -> None:
    begin(client)
    client.post("/draft/questions/1", {"requests": "2.5m"})
    client.post("/draft/questions/3", {"model": "anthropic/claude-sonnet-5-5"})
    client.post("/draft/questions/4", {"growth": "6"})
    document = client.session["draft"]["document"]
    assert document["workloads"][0]["requests_per_month"] == 2_500_000
    assert document["options"][0]["primary"]["model"] == "anthropic/claude-sonnet-5-5"
    assert document["workloads"][0]["growth"]["annual_rate"] == pytest.approx(1.06**12 - 1, abs=1e-8)


def test_it_buys_the_new_model_wherever_the_old_one_was_bought(client: Client) -> None:
    begin(client)
    old = client.session["draft"]["document"]["options"][0]["primary"]["model"]
    client.post("/draft/questions/3", {"model": "anthropic/claude-sonnet-5-5"})
    models = [option["primary"].get("model") for option in client.session["draft"]["document"]["options"]]
    assert old not in models
    assert models.count("anthropic/claude-sonnet-5-5") == 2


def test_it_keeps_the_templates_range_when_a_question_is_only_looked_at(client: Client) -> None:
    begin(client)
    before = client.session["draft"]["document"]
    for step, answer in enumerate(
        ({"requests": "4M to 9M"}, {"input_tokens": "1,800", "output_tokens": "350"}), start=1
    ):
        client.post(f"/draft/questions/{step}", answer)
    growth = client.get("/draft/questions/4").context["form"].initial["growth"]
    client.post("/draft/questions/4", {"growth": growth})
    assert client.session["draft"]["document"] == before


def test_it_skips_a_question_without_reading_it(client: Client) -> None:
    begin(client)
    assert (
        client.post("/draft/questions/1", {"requests": "nonsense", "skip": "1"}).headers["Location"]
        == "/draft/questions/2"
    )


@pytest.mark.parametrize(
    ("step", "answer", "said"),
    [
        (1, {"requests": "many"}, "“many” is not a number"),
        (1, {"requests": ""}, "Enter a number."),
        (1, {"requests": "-5"}, "between 0 and 1,000,000,000,000"),
        (1, {"requests": "9m to 4m"}, "smaller number first"),
        (2, {"input_tokens": "0,5", "output_tokens": "300"}, "Write 0.5 instead"),
        (3, {"model": "acme/oracle-9000"}, "No price is known for “acme/oracle-9000”"),
        (3, {}, "Choose the model"),
        (4, {"growth": "80 %"}, "between -20 and 28"),
    ],
)
def test_it_says_what_is_wrong_and_keeps_what_was_typed(
    client: Client, step: int, answer: dict[str, str], said: str
) -> None:
    begin(client)
    response = client.post(f"/draft/questions/{step}", answer)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page.replace("&quot;", '"').replace("&#x27;", "'")
    assert 'role="alert"' in page
    assert "<title>Error:" in page
    assert all(f'value="{typed}"' in page for name, typed in answer.items() if typed and name != "model")


def test_it_finds_models_by_name_and_vendor_without_a_script(client: Client) -> None:
    begin(client)
    page = client.post("/draft/questions/3", {"search": "sonnet anthropic", "find": "1"}).content.decode()
    assert 'value="anthropic/claude-sonnet-5-5"' in page
    assert 'value="sonnet anthropic"' in page


def test_it_finds_models_while_one_types(client: Client) -> None:
    fragment = client.get("/models", {"search": "gemini flash", "model": "openai/gpt-5"}).content.decode()
    assert 'value="google/gemini-3.8-flash"' in fragment
    assert 'value="openai/gpt-5" id="id_model" checked' in fragment


def test_it_sends_a_visitor_without_a_draft_to_the_templates(client: Client) -> None:
    assert client.get("/draft").headers["Location"] == "/plans/new"
    assert client.get("/draft/questions/2").headers["Location"] == "/plans/new"
    assert client.get("/draft/tables/options.csv").status_code == 404


def test_it_hands_out_every_figures_data_as_csv(client: Client) -> None:
    begin(client)
    response = client.get("/draft/tables/cumulative_cost.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.content.startswith(b"row,row_label,option")
    assert client.get("/draft/tables/nothing.csv").status_code == 404


def test_it_computes_every_template(client: Client) -> None:
    for template in ORDER:
        begin(client, template)
        response = client.get("/draft")
        assert response.status_code == 200, template
        assert b"<svg" in response.content


def test_it_shows_one_visitor_nothing_of_another(client: Client) -> None:
    begin(client)
    assert Client().get("/draft").headers["Location"] == "/plans/new"


def test_it_searches_what_would_change_the_answer(client: Client) -> None:
    begin(client)
    assert 'hx-get="/draft/flips"' in client.get("/draft").content.decode()
    page = client.get("/draft/flips").content.decode()
    assert "What would change the answer?" in page
    assert "Flips at" in page
    fragment = client.get("/draft/flips", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "Flips at" in fragment


@pytest.mark.parametrize("requests", ["0", "1", "1t"])
def test_it_shows_an_answer_at_the_ends_of_what_is_allowed(client: Client, requests: str) -> None:
    begin(client)
    client.post("/draft/questions/1", {"requests": requests})
    response = client.get("/draft")
    assert response.status_code == 200
    assert not re.search(r"\b(nan|inf|none)\b", response.content.decode().lower())
    assert client.get("/draft/assumptions").status_code == 200


def test_it_says_what_is_wrong_with_a_draft_that_cannot_be_computed(client: Client) -> None:
    begin(client)
    client.post("/draft/inputs/option-host-70b", {"options.host-70b.primary.model": "acme/none"})
    response = client.get("/draft")
    assert response.status_code == 422
    assert "acme/none" in response.content.decode()
    assert client.get("/draft/tables/options.csv").status_code == 404
    assert client.get("/draft/flips").status_code == 404
    assert client.get("/draft/inputs/option-host-70b").status_code == 200
    assert client.get("/draft/questions/2").status_code == 200


def test_it_says_growth_a_year_and_tokens_as_words_beside_the_entry(client: Client) -> None:
    begin(client)
    assert "= 30 / 80 / 140 % a year" in client.get("/draft/questions/4").content.decode()
    tokens = client.get("/draft/questions/2").content.decode()
    assert "about 1,400 English words" in tokens
    assert "about 260 English words" in tokens
