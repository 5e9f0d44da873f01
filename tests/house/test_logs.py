"""Secrets do not reach the logs."""

import pytest

from config.logs import HIDDEN, hide_secrets


@pytest.mark.parametrize("key", ["password", "csrfmiddlewaretoken", "Authorization", "api_key", "client_secret"])
def test_it_hides_values_of_secret_keys(key: str) -> None:
    assert hide_secrets(None, "info", {"event": "x", key: "value"}) == {"event": "x", key: HIDDEN}


def test_it_hides_keys_and_passwords_inside_text() -> None:
    key = "dgd_key_" + "a1B2c3D4e5" * 5
    text = f"sent {key} to postgresql://app:hunter2@db/danegeld"
    event = hide_secrets(None, "info", {"event": text})["event"]
    assert key not in event
    assert "hunter2" not in event
    assert "postgresql://[hidden]@db/danegeld" in event


def test_it_leaves_the_rest_alone() -> None:
    event = {"event": "request", "status": 200, "route": "/plans/<uuid:plan>"}
    assert hide_secrets(None, "info", dict(event)) == event
