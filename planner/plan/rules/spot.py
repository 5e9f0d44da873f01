"""A place in the document, under both of its names."""

from typing import NamedTuple

from planner.plan.errors import PlanError
from planner.plan.pointers import pointer_of


class Spot(NamedTuple):
    """A place: its steps for the JSON pointer and its names for the dotted path.

    A plain tuple, because the rules make hundreds of them for every plan that has nothing wrong.
    """

    steps: tuple[str | int, ...] = ()
    names: tuple[str | int, ...] = ()

    def to(self, *names: str | int) -> "Spot":
        """A field (or several, downwards) below this place."""
        return Spot(self.steps + names, self.names + names)

    def item(self, name: str, index: int, own_id: str | None = None) -> "Spot":
        """An item of the list `name` below this place."""
        return Spot((*self.steps, name, index), (*self.names, name, own_id or index))

    @property
    def path(self) -> str:
        """Dotted path."""
        return ".".join(map(str, self.names))

    def error(self, code: str, message: str) -> PlanError:
        """An error at this place; the message starts with the place's path."""
        return PlanError(pointer_of(self.steps), self.path, f"{self.path} {message}", code)


PLAN = Spot()
