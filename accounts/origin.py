"""Where the change at hand comes from: the request's id and address, known without being handed through every call."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """A request's id and the address it came from; both empty outside of a request."""

    request_id: str = ""
    ip: str | None = None


NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def current_origin() -> Origin:
    """Return where the work at hand comes from."""
    return _origin.get()


@contextmanager
def origin(*, request_id: str, ip: str | None) -> Iterator[None]:
    """Mark everything inside as coming from this request."""
    token = _origin.set(Origin(request_id, ip))
    try:
        yield
    finally:
        _origin.reset(token)
