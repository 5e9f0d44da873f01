"""What is wrong with a plan, said so that a finance person can act on it.

Every error names the field twice: as a JSON pointer with list indexes (for programs) and as a dotted path with ids
(for people, and stable when lists are reordered).
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanError:
    """One thing wrong with a plan.

    `pointer` is an RFC 6901 JSON pointer with list indexes, `path` the same place dotted with ids, `message` a sentence
    that says which field, which value, what is allowed and what to do, `code` a stable word for programs.
    """

    pointer: str
    path: str
    message: str
    code: str


class PlanInvalid(Exception):
    """The document was read but is not a valid plan; `errors` is never empty."""

    def __init__(self, errors: Iterable[PlanError]) -> None:
        self.errors: tuple[PlanError, ...] = tuple(errors)
        super().__init__("; ".join(error.message for error in self.errors))


class PlanUnreadable(PlanInvalid):
    """The text is not JSON that a plan may be written in: broken syntax, a key twice, NaN, too deep."""

    def __init__(self, message: str, code: str, pointer: str = "") -> None:
        super().__init__([PlanError(pointer, "", message, code)])
