"""The interface does what its OpenAPI description says, whatever is sent to it."""

import uuid
from typing import Any

import pytest
import schemathesis
from django.middleware.csrf import get_token
from django.test import RequestFactory
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from accounts.models import User
from config.wsgi import application
from planner.operations.run_execute import run_execute
from tests.api.callers import Caller, body
from tests.faults import schemathesis_hooks  # noqa: F401  # importing it teaches schemathesis to send a workbook
from tests.people import client_of

# Rules between fields and prices at a date are not in a JSON schema: a document that fits it may be refused with 422.
NOT_PROMISED = [schemathesis.checks.positive_data_acceptance]


def _description() -> dict[str, Any]:
    """The description without the ways to sign in: each request carries a session, rights are tested elsewhere."""
    whole: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # untyped
    whole["components"].pop("securitySchemes", None)
    for methods in whole["paths"].values():
        for operation in methods.values():
            operation.pop("security", None)
    return whole


DESCRIPTION = _description()
OPERATIONS = [
    (path, method.upper())
    for path, methods in DESCRIPTION["paths"].items()
    if path.startswith(("/api/v1/evaluate", "/api/v1/plans", "/api/v1/runs"))
    for method in methods
]


@pytest.fixture
def signed_in(colleague: User, settings: Settings) -> dict[str, Any]:
    """Cookies and headers of a browser in which an editor is signed in, who may ask as often as hypothesis likes."""
    settings.API_RATES = {"api": "100000/min", "runs": "100000/min"}
    token = get_token(RequestFactory().get("/"))
    cookies = {"sessionid": client_of(colleague).cookies["sessionid"].value, "csrftoken": token}
    return {"cookies": cookies, "headers": {"X-CSRFToken": token}}


@pytest.fixture
def known(colleague: User, signed_in: dict[str, Any]) -> dict[str, str]:
    """Ids of a plan and of its finished run."""
    editor = Caller.of(colleague)
    plan = editor.create_plan()
    run = body(editor.send("POST", f"plans/{plan['id']}/runs"))
    run_execute(run_id=uuid.UUID(run["id"]))
    return {"plan_id": plan["id"], "run_id": run["id"], "number": "1"}


def _play(path: str, method: str, signed_in: dict[str, Any], known: dict[str, str], examples: int) -> None:
    description = schemathesis.openapi.from_dict(DESCRIPTION)
    description.app = application
    operation = description[path][method]
    cases = st.one_of(
        operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE),
    )

    @given(case=cases, there=st.booleans())
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    def call(case: Any, there: bool) -> None:
        # Random ids only ever find nothing. A case that is meant to be refused keeps what makes it so.
        if there and case.meta.generation.mode is schemathesis.GenerationMode.POSITIVE:
            case.path_parameters.update({name: known[name] for name in case.path_parameters if name in known})
        case.call_and_validate(excluded_checks=NOT_PROMISED, **signed_in)

    call()


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_it_answers_as_described(path: str, method: str, signed_in: dict[str, Any], known: dict[str, str]) -> None:
    _play(path, method, signed_in, known, examples=4)


@pytest.mark.fault
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_it_answers_as_described_for_long(
    path: str, method: str, signed_in: dict[str, Any], known: dict[str, str]
) -> None:
    _play(path, method, signed_in, known, examples=300)
