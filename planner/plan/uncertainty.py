"""What belongs to the plan as a whole: how uncertain inputs move together, and named what-ifs."""

from typing import Annotated, Any

from pydantic import StringConstraints

from planner.plan.leaf import number, text
from planner.plan.part import Name, Part

Path = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class Correlation(Part):
    """Two uncertain inputs that tend to be high (or low) together."""

    a: Annotated[
        Path,
        text(
            "First input",
            kind="reference",
            unit="path",
            about="Dotted path of an input, or market.<path>.shock for a path's volatility.",
        ),
    ]
    b: Annotated[Path, text("Second input", kind="reference", unit="path", about="Dotted path of the other input.")]
    rho: Annotated[
        float,
        number(
            "Rank correlation",
            "correlation",
            -1.0,
            1.0,
            about="1: always high together; −1: one high when the other is low; 0: unrelated.",
        ),
    ]


class Scenario(Part):
    """A named set of inputs that differ from the plan's."""

    name: Annotated[
        Annotated[Name, StringConstraints(min_length=1)],
        text("Scenario", about="The name people see; one per plan."),
    ]
    overrides: Annotated[
        dict[Path, Any],
        text(
            "Overrides",
            kind="list",
            unit="path and value",
            about="Dotted path of each input that differs, with its value.",
        ),
    ]
    probability: Annotated[
        float | None,
        number(
            "Probability",
            "share",
            0.0,
            1.0,
            about="How likely it is, in your judgement. What all scenarios leave of 1 belongs to the plan as it is.",
            source="None: the scenario is shown without a weight.",
        ),
    ] = None
