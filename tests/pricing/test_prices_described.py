"""The price addresses do what their OpenAPI description says, whatever is sent to them."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.wsgi import application

DESCRIPTION: dict[str, Any] = SchemaGenerator(urlconf="pricing.api.urls").get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # untyped
MOUNTED = {**DESCRIPTION, "paths": {f"/api/v1{path}": methods for path, methods in DESCRIPTION["paths"].items()}}


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(MOUNTED["paths"]))
def test_it_answers_as_described(path: str) -> None:
    description = schemathesis.openapi.from_dict(MOUNTED)
    description.app = application
    operation = description[path]["GET"]
    cases = st.one_of(
        operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE),
    )

    @given(case=cases)
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    def call(case: Any) -> None:
        case.call_and_validate()

    call()
