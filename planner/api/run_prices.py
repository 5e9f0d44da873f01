"""The catalogue's rows a run rests on, the run at other prices, and the bridge from one run to another."""

import re
import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response

from planner.analysis.bridge import Bridge
from planner.api.base import MemberApi
from planner.api.description import AS_OF, answers
from planner.api.parameters import date_parameter, refuse_unknown_parameters
from planner.api.plans import person
from planner.api.problems import BadParameter
from planner.api.runs import answer_with_run
from planner.api.shapes import RunShape, Shape, TraceSourceShape
from planner.api.throttles import CallerThrottle, RunThrottle
from planner.assembly.used_prices import UsedRow, rows_hash
from planner.operations.run_inputs import rows_of
from planner.operations.run_reprice import run_reprice
from planner.plan.document_changes import Change
from planner.queries.access import require_editor
from planner.queries.run_bridge import run_bridge
from planner.queries.runs import run_get

_SLUG = re.compile(r"[a-z0-9-]{1,40}")

OPTION = OpenApiParameter("option", str, description="Id of the option whose NPV is compared; default: the best one")
AGAINST = OpenApiParameter("against", str, description="Id of an option whose NPV is taken off; default: the next best")


class RunPriceShape(Shape):
    """One row of the catalogue or the price book, as it was when the run was started."""

    kind: str = Field(description="api_prices, accelerator, architecture or price_series")
    ref: str = Field(description="As the plan writes it")
    record: dict[str, Any] = Field(description="The row; money is text, so that no digit is lost")
    source: TraceSourceShape

    @classmethod
    def of(cls, row: UsedRow) -> "RunPriceShape":
        document = row.document()
        note = row.source
        return cls(
            kind=row.kind,
            ref=row.ref,
            record=document["record"],
            source=TraceSourceShape(
                label=note.label,
                url=note.url,
                as_of=note.as_of.isoformat(),
                confidence=note.confidence,
                origin=note.origin,
            ),
        )


class RunPricesShape(Shape):
    """Exactly the rows a run was computed from. `hash` is SHA-256 over them, sources included."""

    hash: str
    items: list[RunPriceShape]


class BridgeChangeShape(Shape):
    """One difference between two runs: of the plan, or of the catalogue (kind price, `path` is then the reference)."""

    kind: str
    path: str
    before: Any
    after: Any


class BridgeShareShape(Shape):
    """What some changes did together; more than one where they make no valid plan without each other."""

    changes: list[BridgeChangeShape]
    amount: float


class RunBridgeShape(Shape):
    """The figure's way from one run to another. Shares, engine and rounding add up to the difference exactly."""

    option: str
    against: str | None
    before: float
    after: float
    difference: float
    shares: list[BridgeShareShape]
    without_effect: list[BridgeChangeShape]
    engine: float = Field(description="What another version of the engine says of the same input")
    rounding: float
    method: str

    @classmethod
    def of(cls, bridge: Bridge) -> "RunBridgeShape":
        return cls(
            option=bridge.option,
            against=bridge.against,
            before=bridge.before,
            after=bridge.after,
            difference=bridge.difference,
            shares=[
                BridgeShareShape(changes=[_change(each) for each in share.changes], amount=share.amount)
                for share in bridge.shares
            ],
            without_effect=[_change(each) for each in bridge.without_effect],
            engine=bridge.engine,
            rounding=bridge.together,
            method=bridge.method,
        )


class RunPricesApi(MemberApi):
    """The prices of one run."""

    @extend_schema(operation_id="runs_prices", responses=answers({200: RunPricesShape}, 400, 401, 403, 404, 429))
    def get(self, request: Request, run_id: uuid.UUID) -> Response:
        """List the rows the run rests on; they never change."""
        refuse_unknown_parameters(request)
        rows = rows_of(run_get(self.membership, run_id))
        shape = RunPricesShape(hash=rows_hash(rows), items=[RunPriceShape.of(row) for row in rows])
        return Response(shape.json_value())


class RunRepriceApi(MemberApi):
    """The same revision at other prices."""

    @extend_schema(
        operation_id="runs_reprice",
        parameters=[AS_OF],
        request=None,
        responses=answers({200: RunShape, 202: RunShape}, 400, 401, 403, 404, 422, 429),
    )
    def post(self, request: Request, run_id: uuid.UUID) -> Response:
        """Queue the run's revision at today's prices: 202 for a new run, 200 where one has or computes this input.

        That is the run itself where none of the rows it rests on has changed.
        """
        refuse_unknown_parameters(request, "as_of")
        run = run_get(self.membership, run_id)
        require_editor(self.membership, "start its runs")
        started = run_reprice(run=run, started_by=person(request), as_of=date_parameter(request, "as_of"))
        return answer_with_run(RunShape.of(started.run), status=202 if started.created else 200)

    def get_throttles(self) -> list[Any]:
        """Count starts apart from questions."""
        return [RunThrottle(), CallerThrottle()]


class RunBridgeApi(MemberApi):
    """Why the answer moved from an earlier run to this one."""

    @extend_schema(
        operation_id="runs_bridge",
        parameters=[OPTION, AGAINST],
        responses=answers({200: RunBridgeShape}, 400, 401, 403, 404, 422, 429),
    )
    def get(self, request: Request, run_id: uuid.UUID, earlier_id: uuid.UUID) -> Response:
        """Read each changed price's and input's share of the difference in net present value."""
        refuse_unknown_parameters(request, "option", "against")
        later, earlier = run_get(self.membership, run_id), run_get(self.membership, earlier_id)
        option, against = (_slug(request, name) for name in ("option", "against"))
        return Response(RunBridgeShape.of(run_bridge(earlier, later, option, against)).json_value())


def _change(change: Change) -> BridgeChangeShape:
    return BridgeChangeShape(kind=change.kind, path=change.path, before=change.before, after=change.after)


def _slug(request: Request, name: str) -> str | None:
    text = request.query_params.get(name)
    if text is not None and not _SLUG.fullmatch(text):
        raise BadParameter(f"{name}={text[:40]!r} is no id of an option.")
    return text
