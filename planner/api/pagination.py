"""Lists in parts, by a cursor on (created_at, id): rows that come or go meanwhile shift nothing."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.core import signing
from django.db.models import Model, Q, QuerySet
from rest_framework.request import Request

from planner.api.problems import BadParameter

MAX_LIMIT = 200
DEFAULT_LIMIT = 50
_SALT = "danegeld.cursor"

ModelT = TypeVar("ModelT", bound=Model)


@dataclass(frozen=True)
class Page(Generic[ModelT]):
    """Some rows, and the address of the rest."""

    rows: list[ModelT]
    next_url: str | None


def page(request: Request, rows: QuerySet[ModelT]) -> Page[ModelT]:
    """Return the part of `rows` that the request's `limit` and `cursor` ask for, newest first."""
    limit = _limit(request)
    part = list(_after_cursor(request, rows).order_by("-created_at", "-id")[: limit + 1])
    more = len(part) > limit
    part = part[:limit]
    return Page(part, _next_url(request, part[-1], limit) if more else None)


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", str(DEFAULT_LIMIT))
    # isascii: int() would also take digits of other scripts
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MAX_LIMIT):
        raise BadParameter(f"limit={text[:20]!r} is not a whole number from 1 to {MAX_LIMIT}.")
    return int(text)


def _after_cursor(request: Request, rows: QuerySet[ModelT]) -> QuerySet[ModelT]:
    cursor = request.query_params.get("cursor")
    if cursor is None:
        return rows
    try:
        # Signed, so that nobody builds cursors by hand and depends on what is inside.
        created_at, row_id = signing.loads(cursor, salt=_SALT)
    except signing.BadSignature:
        raise BadParameter("This cursor is not one of ours. Start again without it.") from None
    created = datetime.datetime.fromisoformat(created_at)
    return rows.filter(Q(created_at__lt=created) | Q(created_at=created, id__lt=uuid.UUID(row_id)))


def _next_url(request: Request, last: Model, limit: int) -> str:
    cursor = signing.dumps([last.created_at.isoformat(), str(last.pk)], salt=_SALT)  # type: ignore[attr-defined]  # every listed model has it
    return f"{request.path}?{urlencode({'limit': limit, 'cursor': cursor})}"
