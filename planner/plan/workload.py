"""What the company asks of LLMs: how often, how much, and what each question needs."""

from typing import Annotated, Literal

from pydantic import Discriminator, Strict

from planner.plan.leaf import NEUTRAL, POSITIVE, WHERE_NEEDED, quantity, section, text
from planner.plan.part import Listed, Name, Part, Slug
from planner.plan.quantity import Quantity

GROWTH_RATE = quantity(
    "Growth",
    "share/year",
    -0.95,
    20.0,
    soft=(-0.5, 3.0),
    about="Yearly growth of requests: 0.5 is half as many more each year.",
)


class ExponentialGrowth(Part):
    """The same growth every year."""

    kind: Literal["exponential"]
    annual_rate: Annotated[Quantity, GROWTH_RATE]


class LogisticGrowth(Part):
    """Growth that slows down as everybody who will use it does."""

    kind: Literal["logistic"]
    annual_rate: Annotated[Quantity, GROWTH_RATE]
    saturation: Annotated[
        Quantity,
        quantity(
            "Saturation",
            "factor",
            1.0,
            1e6,
            soft=(1.0, 100.0),
            about="Requests in the long run as a multiple of the first month's; 1 is flat.",
        ),
    ]


class SeriesGrowth(Part):
    """A forecast of your own, month by month; the last month is held."""

    kind: Literal["series"]
    monthly: Annotated[
        Listed[float],
        text(
            "Requests by month",
            kind="list",
            unit="requests/month",
            about="One number per month from month 1 on; the last one is held.",
        ),
    ]


Growth = Annotated[ExponentialGrowth | LogisticGrowth | SeriesGrowth, Discriminator("kind")]


class Workload(Part):
    """One kind of question the company asks of LLMs."""

    id: Annotated[Slug, text("Workload id", about="Short name used in paths: lower-case letters, digits and hyphens.")]
    name: Annotated[Name, text("Workload", about="The name people see.", source="The id.")] = ""
    requests_per_month: Annotated[
        Quantity | None,
        quantity(
            "Requests per month",
            "requests/month",
            0.0,
            1e12,
            soft=(10.0, 5e11),
            about="Requests in month 1, before seasons. Not needed with a monthly series.",
            source=WHERE_NEEDED,
        ),
    ] = None
    input_tokens: Annotated[
        Quantity,
        quantity(
            "Input tokens",
            "tokens/request",
            0.0,
            2e6,
            soft=(10, 2e5),
            about="Mean per request, prompt, context and documents together.",
        ),
    ]
    output_tokens: Annotated[
        Quantity,
        quantity(
            "Output tokens",
            "tokens/request",
            0.0,
            2e5,
            soft=(1, 2e4),
            about="Mean per request, reasoning tokens included.",
        ),
    ]
    cached_input_share: Annotated[
        Quantity,
        quantity(
            "Input read from the cache",
            "share",
            0.0,
            1.0,
            soft=(0.0, 0.95),
            about="Share of input tokens that the provider has cached.",
            source=NEUTRAL,
        ),
    ] = 0.0
    cache_write_share: Annotated[
        Quantity,
        quantity(
            "Input written to the cache",
            "share",
            0.0,
            1.0,
            soft=(0.0, 0.9),
            about="Share of input tokens written to the provider's prompt cache.",
            source=NEUTRAL,
        ),
    ] = 0.0
    batch_share: Annotated[
        Quantity,
        quantity(
            "Requests that can wait",
            "share",
            0.0,
            1.0,
            about=(
                "Share of requests that may be answered hours later: cheaper at an API, and they fill idle hours of "
                "your own GPUs."
            ),
            source=NEUTRAL,
        ),
    ] = 0.0
    growth: Annotated[Growth, section("Growth", about="How requests grow over the horizon.")] = ExponentialGrowth(
        kind="exponential", annual_rate=0.0
    )
    tokens_growth: Annotated[
        Quantity,
        quantity(
            "Growth of tokens per request",
            "share/year",
            -0.95,
            20.0,
            soft=(-0.5, 2.0),
            about="Prompts get longer, models think more.",
            source=NEUTRAL,
        ),
    ] = 0.0
    seasonality: Annotated[
        Annotated[tuple[float, ...], Strict(False)] | None,
        text(
            "Seasons",
            kind="list",
            unit="factor",
            about="Twelve factors, January first; rescaled to a mean of 1. Not applied to a monthly series.",
            source=NEUTRAL,
        ),
    ] = None
    peak_to_average: Annotated[
        Quantity,
        quantity(
            "Busy-hour multiple",
            "factor",
            1.0,
            1000.0,
            soft=(1.0, 10.0),
            about="Load of the busiest hour over the mean. Your own GPUs must be sized for it.",
            source="Neutral: an even load. Public traces show 1.2 to 4.",
        ),
    ] = 1.0
    failure_cost: Annotated[
        Quantity,
        quantity(
            "Cost of an answer nobody got right",
            "money/request",
            0.0,
            1e9,
            soft=(0.0, 1e4),
            about="What it costs you when no model serves a request to the quality needed.",
            source=NEUTRAL,
        ),
    ] = 0.0
    frontier_coverage: Annotated[
        Quantity,
        quantity(
            "Share the frontier can do",
            "share",
            0.0,
            1.0,
            soft=(0.3, 1.0),
            about="Share of requests that the newest frontier model serves to the quality needed, today.",
        ),
    ]
    frontier_limit: Annotated[
        Quantity | None,
        quantity(
            "Share the frontier will do",
            "share",
            0.0,
            1.0,
            soft=(0.3, 1.0),
            about="The same in the long run. Empty: as today.",
            source=NEUTRAL,
        ),
    ] = None
    frontier_half_life: Annotated[
        Quantity | None,
        quantity(
            "Half-life of frontier progress",
            "months",
            POSITIVE,
            1e4,
            soft=(1, 240),
            about="Months in which the frontier covers half of the way to the long run. Empty: it stays.",
            source=NEUTRAL,
        ),
    ] = None
    open_coverage: Annotated[
        Quantity,
        quantity(
            "Share simple enough for open weights",
            "share",
            0.0,
            1.0,
            soft=(0.05, 1.0),
            about="Share of requests that the best open weights serve to the quality needed, today.",
        ),
    ]
    coverage_half_life: Annotated[
        Quantity | None,
        quantity(
            "Half-life of the open-weights gap",
            "months",
            POSITIVE,
            1e4,
            soft=(1, 240),
            about="Months in which open weights take over half of what only the frontier can do. Empty: never.",
            source="Neutral: open weights keep their distance.",
        ),
    ] = None
