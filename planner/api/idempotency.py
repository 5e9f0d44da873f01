"""Idempotency-Key: the same creating request sent twice does its work once and answers twice the same."""

import functools
import hashlib
import re
from collections.abc import Callable
from typing import Any

import orjson
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from planner.api.base import MemberApi
from planner.api.problems import BadParameter, Conflict, Unprocessable
from planner.models import IdempotentRequest
from planner.operations.clock import seconds_from_now

HEADER = "Idempotency-Key"
# A request that has not answered after a minute died with its process. What it did was rolled back with it, because
# the work and the stored answer are one transaction.
_DEAD_AFTER_SECONDS = 60
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_KEPT_HEADERS = ("Location", "ETag")

Handler = Callable[..., Any]


def idempotent(*, required: bool) -> Callable[[Handler], Handler]:
    """Wrap a POST handler so that a repeated key replays the first answer; `required` makes a missing key a 400.

    Stored are answers of class 2xx. A request that was refused or went wrong left nothing behind and may be repeated
    with the same key. The same key with another body is a 422, while the first request is at work a 409.
    """

    def decorate(handler: Handler) -> Handler:
        @functools.wraps(handler)
        def wrapper(api: MemberApi, request: Request, *args: Any, **kwargs: Any) -> Any:
            key = request.headers.get(HEADER)
            if key is None:
                if required:
                    raise BadParameter(
                        f"Send the header {HEADER} with a value of your own, for example a UUID, "
                        "so that a repeated request does not create a second one."
                    )
                return handler(api, request, *args, **kwargs)
            if not _KEY.fullmatch(key):
                raise BadParameter(f"{HEADER} takes 1 to 255 printable ASCII characters without spaces.")
            return _once(api, request, key, lambda: handler(api, request, *args, **kwargs))

        return wrapper

    return decorate


def _once(api: MemberApi, request: Request, key: str, work: Callable[[], Response]) -> HttpResponse | Response:
    address = {
        "organisation_id": api.membership.organisation_id,
        "principal": f"key:{request.auth.key.id}" if request.auth else f"user:{request.user.pk}",
        "method": str(request.method),
        "path": request.path[:500],
        "key": key,
    }
    request_hash = _hash(request)
    IdempotentRequest.objects.filter(
        **address, status__isnull=True, created_at__lt=seconds_from_now(-_DEAD_AFTER_SECONDS)
    ).delete()
    try:
        with transaction.atomic():
            row = IdempotentRequest.objects.create(**address, request_hash=request_hash, created_at=Now())
    except IntegrityError:
        return _replay(address, request_hash)
    try:
        with transaction.atomic():
            response = work()
            _keep(row, response)
    except BaseException:
        row.delete()
        raise
    return response


def _keep(row: IdempotentRequest, response: Response) -> None:
    IdempotentRequest.objects.filter(pk=row.pk).update(
        status=response.status_code,
        headers={name: response[name] for name in _KEPT_HEADERS if name in response},
        body=orjson.dumps(response.data),
    )


def _replay(address: dict[str, Any], request_hash: str) -> HttpResponse:
    first = IdempotentRequest.objects.filter(**address).first()
    if first is None or first.status is None:
        error = Conflict(f"A request with this {HEADER} is being worked on. Repeat it in a moment.")
        error.wait = 0  # type: ignore[attr-defined]  # becomes Retry-After: 1
        raise error
    if first.request_hash != request_hash:
        raise Unprocessable(f"This {HEADER} was used for another request. Take a new one for each new request.")
    return HttpResponse(
        bytes(first.body),
        status=first.status,
        content_type="application/json",
        headers={**first.headers, "Idempotency-Replayed": "true"},
    )


def _hash(request: Request) -> str:
    # The parsed body, not its bytes: spaces and the order of keys do not make another request.
    what = [sorted(request.query_params.lists()), request.data]
    return hashlib.sha256(orjson.dumps(what, option=orjson.OPT_SORT_KEYS)).hexdigest()
