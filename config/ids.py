"""Identifiers of rows: UUID version 7 (RFC 9562), ordered by the time they were made.

Ordered keys keep database indexes compact and give lists a natural order. The time they reveal is the creation
time of the row, which every page shows anyway; secrets never use this module.
"""

import secrets
import threading
import time
import uuid

_lock = threading.Lock()
_last_tick = 0


def uuid7() -> uuid.UUID:
    """Return a new identifier, greater than every one this process returned before.

    48 bits of Unix milliseconds, 12 bits of the millisecond's fraction (RFC 9562 §6.2, method 3), 62 random bits.
    """
    tick = _next_tick()
    milliseconds, fraction = divmod(tick, 4096)
    value = (milliseconds & (2**48 - 1)) << 80
    value |= 0x7 << 76
    value |= fraction << 64
    value |= 0b10 << 62
    value |= secrets.randbits(62)
    return uuid.UUID(int=value)


def _next_tick() -> int:
    """Return the time in 1/4096 ms, moved on by one when the clock stands still or steps back."""
    global _last_tick  # noqa: PLW0603 - one counter per process is the point
    with _lock:
        now = time.time_ns() * 4096 // 1_000_000
        _last_tick = max(now, _last_tick + 1)
        return _last_tick
