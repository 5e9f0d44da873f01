"""Every answer carries the security headers and a request id; the answers of signed-in people are not stored."""

import pytest
from django.test import Client

from accounts.models import User
from tests.people import client_of

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/healthz", "/there-is-no-such-page", "/account/login/", "/api/v1/nothing"])
def test_it_sets_the_headers_on_every_answer(db: None, path: str) -> None:
    response = Client().get(path)
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "geolocation=()" in response.headers["Permissions-Policy"]


def test_it_keeps_a_well_formed_request_id() -> None:
    response = Client().get("/healthz", headers={"X-Request-ID": "abc-12345678"})
    assert response.headers["X-Request-ID"] == "abc-12345678"


@pytest.mark.parametrize("offered", ["", "short", "x" * 65, 'forged"} {"level":', "line\tbreak-123456"])
def test_it_replaces_any_other_request_id(offered: str) -> None:
    response = Client().get("/healthz", headers={"X-Request-ID": offered})
    assert response.headers["X-Request-ID"] != offered
    assert len(response.headers["X-Request-ID"]) == 32


def test_it_forbids_storing_what_a_signed_in_person_sees(owner: User) -> None:
    response = client_of(owner).get("/account/email/")
    assert response.headers["Cache-Control"] == "no-store"
