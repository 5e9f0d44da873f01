"""What the interface answers: the shapes in the OpenAPI description, and how each is made from a row."""

import datetime
import uuid
from typing import Any, Generic, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field

from planner.models import Plan, Revision, Run, RunError, RunState

ItemT = TypeVar("ItemT")


class Shape(BaseModel):
    """An answer. Fields are only ever added within /api/v1."""

    model_config = ConfigDict(frozen=True)

    def json_value(self) -> dict[str, Any]:
        """Return the answer as plain JSON values."""
        return self.model_dump(mode="json")


class ProblemErrorShape(Shape):
    """One thing wrong with a document."""

    pointer: str = Field(description="JSON Pointer (RFC 6901) into the body")
    path: str = Field(description="The same place, dotted with ids")
    message: str
    code: str


class ProblemDocumentShape(Shape):
    """Every error of this interface (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[ProblemErrorShape]
    request_id: str


class PlanSummaryShape(Shape):
    """A plan without its document."""

    id: uuid.UUID
    name: str
    revision: int = Field(description="Number of the latest revision")
    created_at: datetime.datetime
    updated_at: datetime.datetime
    url: str

    @classmethod
    def of(cls, plan: Plan) -> "PlanSummaryShape":
        return cls(**_plan_fields(plan))


class PlanShape(PlanSummaryShape):
    """A plan with its latest document."""

    digest: str = Field(description="SHA-256 of the canonical document")
    document: dict[str, Any] = Field(description="The plan document, see /api/v1/plan-schema.json")

    @classmethod
    def of_revision(cls, plan: Plan, revision: Revision) -> "PlanShape":
        return cls(**_plan_fields(plan), digest=revision.digest, document=orjson.loads(revision.document))


class RevisionSummaryShape(Shape):
    """One stored state of a plan, without its document."""

    plan_id: uuid.UUID
    number: int
    digest: str
    created_at: datetime.datetime
    url: str

    @classmethod
    def of(cls, revision: Revision) -> "RevisionSummaryShape":
        return cls(**_revision_fields(revision))


class RevisionShape(RevisionSummaryShape):
    """One stored state of a plan."""

    document: dict[str, Any]

    @classmethod
    def of(cls, revision: Revision) -> "RevisionShape":
        return cls(**_revision_fields(revision), document=orjson.loads(revision.document))


class RunErrorShape(Shape):
    """Why a run failed."""

    code: RunError
    message: str


class RunShape(Shape):
    """A computation of one revision. Poll until `state` is succeeded, failed or cancelled."""

    id: uuid.UUID
    plan_id: uuid.UUID
    number: int
    revision: int
    state: RunState
    progress: int = Field(ge=0, le=1000, description="Thousandths; 1000 exactly when succeeded")
    cancel_requested: bool
    attempts: int
    error: RunErrorShape | None
    input_hash: str
    result_hash: str | None
    as_of: datetime.date = Field(description="Date of the prices")
    seed: int
    engine_version: str
    created_at: datetime.datetime
    started_at: datetime.datetime | None
    finished_at: datetime.datetime | None
    url: str
    result_url: str | None

    @classmethod
    def of(cls, run: Run) -> "RunShape":
        failed = run.error_code != ""
        url = f"/api/v1/runs/{run.id}"
        return cls(
            id=run.id,
            plan_id=run.plan_id,
            number=run.number,
            revision=run.revision.number,
            state=RunState(run.state),
            progress=run.progress,
            cancel_requested=run.cancel_requested,
            attempts=run.attempts,
            error=RunErrorShape(code=RunError(run.error_code), message=run.error_message) if failed else None,
            input_hash=run.input_hash,
            result_hash=run.result_hash or None,
            as_of=run.as_of,
            seed=run.seed,
            engine_version=run.engine_version,
            created_at=run.created_at,
            started_at=run.started_at,
            finished_at=run.finished_at,
            url=url,
            result_url=f"{url}/result" if run.result_hash else None,
        )


class PageShape(Shape, Generic[ItemT]):
    """A part of a list; `next` is the address of the following part, null at the end."""

    items: list[ItemT]
    next: str | None


class PlanPageShape(PageShape[PlanSummaryShape]):
    """Plans, newest first."""


class RevisionPageShape(PageShape[RevisionSummaryShape]):
    """Revisions, newest first."""


class RunPageShape(PageShape[RunShape]):
    """Runs, newest first."""


class RunStartShape(BaseModel):
    """What may be said when a run is started; nothing is needed."""

    model_config = ConfigDict(extra="forbid", strict=True)

    seed: int = Field(default=1, ge=0, le=2**31 - 1, description="Seed of the random draws")


class TraceSourceShape(Shape):
    """Where an input comes from."""

    label: str
    url: str | None
    as_of: str | None = Field(description="ISO date on which somebody last looked")
    confidence: str | None
    origin: str = Field(description="yours, template, default, catalogue or price_book")


class TraceShape(Shape):
    """How one figure is worked out; its inputs are worked out the same way, down to inputs of the plan."""

    address: str = Field(description="Name of the figure, to ask for it with figure=")
    label: str
    value: float | int | str | None = Field(description="Null together with a reason")
    unit: str
    unit_label: str = Field(description="The unit in words, where the plan's field has one of its own")
    formula: str = Field(description="In words; for an input of the plan, what the input means")
    reason: str | None
    low: float | None = Field(description="Lower end of the range a person gave")
    high: float | None
    source: TraceSourceShape | None = Field(description="Where an input comes from, or what an estimate was checked by")
    inputs: list["TraceShape"]
    has_more: bool = Field(description="Whether there are inputs below the depth that was asked for")


def _plan_fields(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "name": plan.name,
        "revision": plan.latest_revision_number,
        "created_at": plan.created_at,
        "updated_at": plan.updated_at,
        "url": f"/api/v1/plans/{plan.id}",
    }


def _revision_fields(revision: Revision) -> dict[str, Any]:
    return {
        "plan_id": revision.plan_id,
        "number": revision.number,
        "digest": revision.digest,
        "created_at": revision.created_at,
        "url": f"/api/v1/plans/{revision.plan_id}/revisions/{revision.number}",
    }
