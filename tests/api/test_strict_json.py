"""What is no JSON to us is a 400 that says why, on every address that reads a body."""

import pytest

from tests.api.callers import Caller, assert_problem

REFUSED = {
    b"{": "not JSON",
    b'{"a":1,}': "not JSON",
    b"{'a':1}": "not JSON",
    b"[" * 100_000: "not JSON",
    b'{"a":' * 40 + b"1" + b"}" * 40: "32 levels",
    b"[" * 33 + b"]" * 33: "32 levels",
    b'{"a":NaN}': "not JSON",
    b'{"a":Infinity}': "not JSON",
    b'{"a":-Infinity}': "not JSON",
    b'{"a":1e400}': "not JSON",
    b'{"a":-1e400}': "not JSON",
    b'{"a":1000000000000001}': "beyond 10^15",
    b'{"a":' + b"9" * 4301 + b"}": "JSON|beyond",
    b'{"a":1,"a":2}': "stands twice",
    b'{"b":{"a":1,"\\u0061":2}}': "stands twice",
    b'{"a":"\\u0000"}': "NUL",
    b'{"\\u0000":1}': "NUL",
    b'{"a":"\\ud800"}': "not JSON",
    b'{"a":"\\udc00\\ud800"}': "not JSON",
    b'{"a":"\xff"}': "not JSON",
    b'\xef\xbb\xbf{"a":1}': "not JSON",
    b'{"a":01}': "not JSON",
    b'{"a":.5}': "not JSON",
    b'{"a":+1}': "not JSON",
    b'{"a":1}{"b":2}': "not JSON",
    b'{"a":"\t"}': "not JSON",
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: repr(text[:24]))
def test_it_refuses_what_has_no_single_meaning(db: None, text: bytes) -> None:
    problem = assert_problem(Caller.of(None).send("POST", "evaluate", text), 400, "unreadable")
    assert any(reason in problem["detail"] for reason in REFUSED[text].split("|"))


def test_it_refuses_a_body_of_more_than_a_megabyte(db: None) -> None:
    body = b'{"a":"' + b"x" * 1_000_000 + b'"}'
    assert_problem(Caller.of(None).send("POST", "evaluate", body), 413, "body_too_large")


@pytest.mark.parametrize("body", [b"[]", b"null", b"1", b'"text"', b"{}"])
def test_it_refuses_json_that_is_no_plan(db: None, body: bytes) -> None:
    assert_problem(Caller.of(None).send("POST", "evaluate", body), 422, "plan_invalid")


def test_it_wants_json(db: None) -> None:
    answer = Caller.of(None).client.post("/api/v1/evaluate", {"a": "1"})
    assert_problem(answer, 415, "unsupported_media_type")  # type: ignore[arg-type]  # the test client adds to the answer
