"""Row ids are version 7 UUIDs that grow."""

import time

from config.ids import uuid7


def test_it_makes_version_seven() -> None:
    assert uuid7().version == 7
    assert uuid7().variant == "specified in RFC 4122"


def test_it_carries_the_time() -> None:
    before = time.time_ns() // 1_000_000
    stamp = uuid7().int >> 80
    assert before - 1 <= stamp <= time.time_ns() // 1_000_000 + 1


def test_it_grows_within_a_process() -> None:
    ids = [uuid7() for _ in range(2_000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
