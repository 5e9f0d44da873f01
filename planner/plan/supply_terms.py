"""Fields that both kinds of supply have, declared once."""

from typing import Final

from planner.plan.leaf import NEUTRAL, POSITIVE, choice, quantity

TIER: Final = choice(
    "Tier",
    "frontier",
    "open",
    about="Which line of progress its quality follows: the frontier's, or that of the best open weights.",
)
RELATIVE_COVERAGE: Final = quantity(
    "Relative coverage",
    "factor",
    0.0,
    2.0,
    soft=(0.3, 1.0),
    about=(
        "Share of what the best open weights can do that this model can: 1 for the best, about 0.8 for 7 to 8 billion"
        " parameters. Open tier only."
    ),
    source="Neutral: as good as the best open weights.",
)
TOKEN_FACTOR: Final = quantity(
    "Tokens needed",
    "factor",
    POSITIVE,
    1e3,
    soft=(0.5, 10.0),
    about="Tokens this model needs relative to the workload's: another tokenizer, more reasoning.",
    source=NEUTRAL,
)
MIGRATION_COST: Final = quantity(
    "Cost of a change",
    "money",
    0.0,
    1e12,
    soft=(0.0, 1e7),
    about="Testing and adapting at each change to a newer model after the first; grows with inflation.",
    source=NEUTRAL,
)
