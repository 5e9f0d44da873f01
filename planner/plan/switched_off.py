"""Workloads and options that a plan keeps without computing them."""

from typing import Annotated, Any, Literal

from planner.plan.leaf import choice, integer, text
from planner.plan.part import Part


class SwitchedOff(Part):
    """One workload or option as it stood, and where it goes when it is switched on again.

    Its content is checked only then: it may name parts that have gone meanwhile.
    """

    list: Annotated[
        Literal["workloads", "options"],
        choice("List", "workloads", "options", about="Which list of the plan it belongs to."),
    ]
    at: Annotated[int, integer("Place", "place", 0, 50, about="Its place in that list, counted from 0.")]
    content: Annotated[
        dict[str, Any], text("Content", kind="list", unit="part", about="The workload or option, as in its list.")
    ]
