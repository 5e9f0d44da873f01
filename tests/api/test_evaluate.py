"""One call, one answer, nothing stored, no account needed."""

import uuid

from django.core.cache import cache
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from planner.models import Plan, Run
from tests.api.callers import Caller, assert_problem, body, example


def test_it_answers_a_visitor(db: None) -> None:
    answer = Caller.of(None).send("POST", "evaluate", example())
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    result = body(answer)
    assert {"snapshot", "options", "verdict"} <= set(result)
    best = next(option for option in result["options"] if option["id"] == result["verdict"]["best"])
    assert best["npv"] == max(option["npv"] for option in result["options"])


def test_it_stores_nothing(db: None) -> None:
    Caller.of(None).send("POST", "evaluate", example())
    with scopes_disabled():
        assert not Plan.objects.exists()
        assert not Run.objects.exists()


def test_it_takes_the_prices_of_a_date(db: None) -> None:
    answers = [
        Caller.of(None).send("POST", f"evaluate?as_of={date}", example()) for date in ("2026-11-01", "2026-06-01")
    ]
    assert [body(answer)["as_of"] for answer in answers] == ["2026-11-01", "2026-06-01"]


def test_it_says_which_parameter_it_did_not_understand(db: None) -> None:
    for query in (
        "as_of=tomorrow",
        "as_of=20261101",
        "as_of=1999-01-01",
        "as_off=2026-11-01",
        "as_of=2026-11-01&as_of=",
    ):
        assert_problem(Caller.of(None).send("POST", f"evaluate?{query}", example()), 400, "bad_parameter")


def test_it_names_every_wrong_field_at_once(db: None) -> None:
    document = example()
    document["finance"]["horizon_months"] = 0
    document["options"][0]["primary"]["model"] = "nobody/knows-this"
    document["colour"] = "red"
    problem = assert_problem(Caller.of(None).send("POST", "evaluate", document), 422, "plan_invalid")
    assert {"/finance/horizon_months", "/colour"} <= {error["pointer"] for error in problem["errors"]}


def test_it_refuses_a_model_without_a_price(db: None) -> None:
    document = example()
    document["options"][0]["primary"]["model"] = "nobody/knows-this"
    problem = assert_problem(Caller.of(None).send("POST", "evaluate", document), 422, "plan_invalid")
    assert problem["errors"][0]["pointer"] == "/options/0/primary/model"


def test_it_tells_a_caller_who_asks_too_often_when_to_come_back(db: None, settings: Settings) -> None:
    settings.API_RATES = {"api": "2/min", "runs": "2/min"}
    cache.clear()
    answers = [Caller.of(None).send("POST", "evaluate", example()) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert_problem(answers[2], 429, "throttled")
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 61


def test_it_does_not_believe_a_forged_address(db: None, settings: Settings) -> None:
    settings.API_RATES = {"api": "1/min", "runs": "1/min"}
    cache.clear()
    statuses = [
        Caller.of(None).send("POST", "evaluate", example(), X_Forwarded_For=f"10.0.0.{number}").status_code
        for number in range(2)
    ]
    assert statuses == [200, 429]


def test_it_keeps_the_callers_request_id(db: None) -> None:
    wished = uuid.uuid4().hex
    assert Caller.of(None).send("POST", "evaluate", b"{", X_Request_ID=wished).headers["X-Request-ID"] == wished


def test_it_adds_the_distribution_at_once(db: None) -> None:
    result = body(Caller.of(None).send("POST", "evaluate?draws=256&seed=7", example()))
    assert (result["draws"], result["seed"]) == (256, 7)
    shares = [figures["p_best"] for figures in result["distribution"].values()]
    assert sum(shares) == 1.0
    assert result["verdict"]["p_best"] in shares
    assert "draws" not in body(Caller.of(None).send("POST", "evaluate", example()))


def test_it_draws_the_same_futures_from_the_same_seed(db: None) -> None:
    first, again, other = (
        body(Caller.of(None).send("POST", f"evaluate?draws=64&seed={seed}", example()))["distribution"]
        for seed in (1, 1, 2)
    )
    assert first == again != other


def test_it_draws_no_more_than_a_request_may(db: None) -> None:
    for query in ("draws=16385", "draws=7", "draws=many", "draws=-8", "draws=1e3", "draws=64&seed=-1"):
        assert_problem(Caller.of(None).send("POST", f"evaluate?{query}", example()), 400, "bad_parameter")
