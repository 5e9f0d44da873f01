"""Text that is no JSON a plan may be written in is told from a plan that is wrong."""

import pytest

from planner.plan.document import parse_plan
from planner.plan.errors import PlanInvalid, PlanUnreadable
from tests.plan.documents import example_bytes


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (b'{"a": 1, "a": 2}', "duplicate_key", "'a' stands twice"),
        (b'{"x": {"b": 1, "c": 2, "b": 1}}', "duplicate_key", "'b' stands twice"),
        (b'{"a": NaN}', "not_finite", "NaN is not a number"),
        (b'{"a": -Infinity}', "not_finite", "-Infinity is not a number"),
        (b'{"a": 1e400}', "not_finite", "1e400 is too large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not_finite", "too many digits"),
        (b'{"a": 1', "not_json", "line 1"),
        (b"", "not_json", "line 1"),
        (b'{"a": "\xed\xa0\x80"}', "not_json", "not UTF-8"),
        (b"\xff\xfe\x00{", "not_json", "not JSON"),
        (b"[" * 100_000, "too_deep", "nested too deeply"),
    ],
)
def test_it_is_unreadable(text: bytes, code: str, said: str) -> None:
    with pytest.raises(PlanUnreadable) as refused:
        parse_plan(text)
    error = refused.value.errors[0]
    assert error.code == code
    assert said in error.message


@pytest.mark.parametrize("text", [b"[]", b"5", b'"plan"', b"null"])
def test_json_that_is_no_object_is_read_but_invalid(text: bytes) -> None:
    with pytest.raises(PlanInvalid) as refused:
        parse_plan(text)
    assert not isinstance(refused.value, PlanUnreadable)
    assert refused.value.errors[0].message.startswith("A plan is an object")


def test_a_byte_order_mark_is_nothing() -> None:
    assert parse_plan(b"\xef\xbb\xbf" + example_bytes()) == parse_plan(example_bytes())


def test_text_and_bytes_are_the_same() -> None:
    assert parse_plan(example_bytes().decode()) == parse_plan(example_bytes())
