"""How tests talk to the interface: JSON in, JSON out, as one of the people."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from tests.people import client_of

EXAMPLES = Path(__file__).parents[2] / "planner" / "plan" / "examples"


def example(template: str = "support-chat", **changes: Any) -> dict[str, Any]:
    """Return one of the templates as a plan document, with top-level changes."""
    document: dict[str, Any] = orjson.loads((EXAMPLES / f"{template}.json").read_bytes())
    return {**document, **changes}


@dataclass(frozen=True)
class Caller:
    """One person's way to the interface; `Caller.of(None)` is a visitor."""

    client: Client

    @classmethod
    def of(cls, user: User | None) -> "Caller":
        return cls(client_of(user) if user else Client())

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.send("GET", path, **headers)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Send a request; `Idempotency_Key="…"` becomes the header Idempotency-Key."""
        data = body if isinstance(body, bytes) else b"" if body is None else orjson.dumps(body)
        answer: HttpResponse = self.client.generic(  # type: ignore[assignment]  # the test client adds to the answer
            method,
            f"/api/v1/{path}",
            data,
            content_type="application/json",
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )
        return answer

    def create_plan(self, **changes: Any) -> dict[str, Any]:
        """Store a plan and return the answer's body."""
        answer = self.send("POST", "plans", example(**changes), Idempotency_Key=str(uuid.uuid4()))
        assert answer.status_code == 201, answer.content
        return body(answer)


def body(answer: HttpResponse) -> dict[str, Any]:
    """Return the JSON object in an answer."""
    value: dict[str, Any] = orjson.loads(answer.content)
    return value


def assert_problem(answer: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """Check the shape every error has, and return it."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = body(answer)
    assert set(problem) == {"type", "title", "status", "detail", "code", "errors", "request_id"}
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["detail"]
    assert problem["request_id"] == answer.headers["X-Request-ID"]
    return problem
