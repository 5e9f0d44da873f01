from typing import Any

import orjson
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from planner.analysis.simulate import Settings
from planner.api.base import Api, document_of, organisation_of_caller
from planner.api.description import AS_OF, DRAWS, DRAWS_IN_A_REQUEST, SEED, answers
from planner.api.parameters import date_parameter, refuse_unknown_parameters, whole_parameter
from planner.evaluation import evaluate_document
from planner.plan.document import Plan as PlanDocument
from planner.simulation import with_distribution
from pricing.queries import price_source


class EvaluateApi(Api):
    """Ask without an account: nothing is stored."""

    @extend_schema(
        operation_id="evaluate",
        parameters=[AS_OF, DRAWS, SEED],
        request=PlanDocument,
        responses=answers({200: dict[str, Any]}, 400, 401, 403, 413, 415, 422, 429),
    )
    def post(self, request: Request) -> HttpResponse:
        """Evaluate the plan document in the body at once and return its result document.

        With `draws` the uncertain inputs are simulated too, and the result has the distribution.
        """
        refuse_unknown_parameters(request, "as_of", "draws", "seed")
        draws = whole_parameter(request, "draws", *DRAWS_IN_A_REQUEST)
        seed = whole_parameter(request, "seed", 0, 2**53)
        as_of = date_parameter(request, "as_of") or timezone.localdate()
        prices = price_source(as_of=as_of, organisation=organisation_of_caller(request))
        certain = evaluate_document(document_of(request), prices=prices, as_of=as_of)
        result = certain.result
        if draws is not None:
            result = with_distribution(certain, Settings(draws=draws, seed=1 if seed is None else seed)).result
        return HttpResponse(orjson.dumps(result, option=orjson.OPT_SERIALIZE_NUMPY), content_type="application/json")
