"""Base of every part of the plan document, and the few types of text in it."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Strict, StringConstraints

T = TypeVar("T")

# Lists arrive from JSON as lists and are kept as tuples; everything inside stays strict.
Listed = Annotated[tuple[T, ...], Strict(False)]

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
# Control characters have no place in a name, and a database may refuse to store some of them.
Reference = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]
Name = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Month = Annotated[str, StringConstraints(pattern=r"^(20[0-9]{2}|2100)-(0[1-9]|1[0-2])$")]
Date = Annotated[str, StringConstraints(pattern=r"^(20[0-9]{2}|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Part(BaseModel):
    """A part of the plan: strict (no text where a number belongs), closed (no unknown fields) and frozen."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


def shape_of(value: Any) -> str:
    """Tells a record written in place (an object) from a reference by name, for unions of the two."""
    return "~reference" if isinstance(value, str) else "~record"
