"""Price paths: how prices move relative to the decision date, and the one market scenario that drives everything."""

from typing import Annotated, Any, Final, Literal

from pydantic import Discriminator, Strict, Tag

from planner.plan.leaf import NEUTRAL, POSITIVE, choice, integer, number, quantity, section, text
from planner.plan.part import Listed, Month, Part, Reference, shape_of
from planner.plan.quantity import Quantity
from planner.plan.records import Accelerator, ApiPrices, ModelArchitecture

VOLATILITY: Final = quantity(
    "Volatility",
    "share/year",
    0.0,
    5.0,
    soft=(0.0, 1.0),
    about=(
        "Standard deviation of a year's change of the log price around the path. Only the distribution uses it; the "
        "central path stays."
    ),
    source=NEUTRAL,
)
HALF_LIFE_HELP: Final = "Months in which half of the distance is covered."
SERVING_KINDS: Final = ("gpu_plus_electricity", "electricity", "explicit")

ModelRecord = Annotated[
    Annotated[Reference, Tag("~reference")] | Annotated[ModelArchitecture, Tag("~record")], Discriminator(shape_of)
]
AcceleratorRecord = Annotated[
    Annotated[Reference, Tag("~reference")] | Annotated[Accelerator, Tag("~record")], Discriminator(shape_of)
]
PricesRecord = Annotated[
    Annotated[Reference, Tag("~reference")] | Annotated[ApiPrices, Tag("~record")], Discriminator(shape_of)
]
Precision = Literal["bf16", "fp8", "fp4"]
PRECISION: Final = choice(
    "Precision",
    "bf16",
    "fp8",
    "fp4",
    about="Number format of the weights in service. It sets bytes per weight and which peak speed counts.",
    source="Convention: the format that models are published in.",
)
GPUS_PER_REPLICA: Final = integer(
    "GPUs per replica",
    "GPU",
    1,
    1024,
    soft=(1, 72),
    about="Chips that hold one copy of the model together.",
    source=NEUTRAL,
)


class FlatPath(Part):
    """The price stays."""

    kind: Literal["flat"]
    volatility: Annotated[Quantity, VOLATILITY] = 0.0


class DeclinePath(Part):
    """The price falls by the same share every year."""

    kind: Literal["decline"]
    annual_rate: Annotated[
        Quantity,
        quantity(
            "Decline",
            "share/year",
            -20.0,
            0.999,
            soft=(-1.0, 0.95),
            about="Share by which the price falls in a year; negative if it rises.",
        ),
    ]
    volatility: Annotated[Quantity, VOLATILITY] = 0.0


PriceStep = tuple[
    Annotated[int, integer("From month", "month", 1, 120, about="Plan month from which the factor holds.")],
    Annotated[
        Quantity,
        quantity(
            "Price factor",
            "factor",
            0.0,
            1e4,
            soft=(0.01, 10),
            about="Price from that month on, as a multiple of today's.",
        ),
    ],
]


class StepsPath(Part):
    """The price jumps in given months and holds in between; before the first of them it is today's."""

    kind: Literal["steps"]
    steps: Annotated[
        Listed[Annotated[PriceStep, Strict(False)]], section("Steps", about="[[month, factor], …], months rising.")
    ]
    volatility: Annotated[Quantity, VOLATILITY] = 0.0


class MeanRevertingPath(Part):
    """The log price drifts to a long-run level and shocks die out (rents of GPUs fell and rose again)."""

    kind: Literal["mean_reverting"]
    long_run: Annotated[
        Quantity,
        quantity(
            "Long-run level",
            "factor",
            POSITIVE,
            1e4,
            soft=(0.05, 5),
            about="Where the price settles, as a multiple of today's.",
        ),
    ]
    half_life: Annotated[Quantity, quantity("Half-life", "months", POSITIVE, 1e4, soft=(1, 120), about=HALF_LIFE_HELP)]
    volatility: Annotated[Quantity, VOLATILITY] = 0.0


class ServingCost(Part):
    """What serving costs the seller, as the level the price falls to: computed instead of typed."""

    kind: Annotated[
        Literal["gpu_plus_electricity", "electricity", "explicit"],
        choice(
            "Cost counted",
            *SERVING_KINDS,
            about="GPU and electricity without a return, electricity alone, or with a return on capital that you name.",
        ),
    ]
    price_of: Annotated[
        PricesRecord,
        text(
            "Price it is compared with",
            kind="reference",
            about="The API model whose list price today is 1 on this path.",
        ),
    ]
    accelerator: Annotated[
        AcceleratorRecord, text("Seller's accelerator", kind="reference", about="The chip the seller serves on.")
    ]
    model: Annotated[
        ModelRecord, text("Seller's model", kind="reference", about="Architecture of the model the seller serves.")
    ]
    gpus_per_replica: Annotated[int, GPUS_PER_REPLICA] = 1
    precision: Annotated[Precision, PRECISION] = "bf16"
    utilisation: Annotated[
        Quantity,
        quantity(
            "Seller's utilisation",
            "share",
            0.05,
            0.95,
            soft=(0.2, 0.9),
            about="Mean load of the seller's chips. A large provider reported 0.82 over a day.",
            source="Judgement: hosted APIs run at 0.4 to 0.8 of their peak.",
        ),
    ] = 0.6
    required_return: Annotated[
        Quantity | None,
        quantity(
            "Return the seller needs",
            "share/year",
            0.0,
            5.0,
            soft=(0.0, 1.0),
            about=(
                "Yearly return on the chips' price that keeps sellers in business today. Only for cost counted "
                "`explicit`."
            ),
            source="None: the two presets count no return.",
        ),
    ] = None
    long_run_return: Annotated[
        Quantity | None,
        quantity(
            "Return in the long run",
            "share/year",
            0.0,
            5.0,
            soft=(0.0, 1.0),
            about="Return the sellers will need later: bigger ones need less. Empty: as today.",
            source=NEUTRAL,
        ),
    ] = None
    return_half_life: Annotated[
        Quantity | None,
        quantity(
            "Half-life of the return",
            "months",
            POSITIVE,
            1e4,
            soft=(3, 120),
            about="Months in which the needed return covers half of the way to the long run. Empty: it stays.",
            source=NEUTRAL,
        ),
    ] = None


def _floor_shape(value: Any) -> str:
    if isinstance(value, ServingCost):
        return "~record"
    return "~record" if isinstance(value, dict) and value.get("kind") in SERVING_KINDS else "~quantity"


class MarketPath(Part):
    """Competition: from the first real competitor on, the markup over what it costs to serve halves again and again."""

    kind: Literal["market"]
    floor: Annotated[
        Annotated[
            Quantity,
            quantity(
                "Cost to serve",
                "factor",
                0.0,
                1e3,
                soft=(0.005, 2),
                about=(
                    "Seller's cost as a share of today's price, or computed from chips and electricity. Above 1: "
                    "today's price is below cost."
                ),
            ),
            Tag("~quantity"),
        ]
        | Annotated[ServingCost, Tag("~record")],
        Discriminator(_floor_shape),
    ]
    floor_decline: Annotated[
        Quantity,
        quantity(
            "Decline of the cost to serve",
            "share/year",
            -20.0,
            0.999,
            soft=(-0.5, 0.9),
            about="Share by which cheaper chips and better software cut the cost to serve in a year.",
            source=NEUTRAL,
        ),
    ] = 0.0
    half_life: Annotated[
        Quantity,
        quantity(
            "Half-life of the markup",
            "months",
            POSITIVE,
            1e4,
            soft=(1, 120),
            about="Months in which competition takes half of the price above cost.",
        ),
    ]
    competition_month: Annotated[
        Quantity,
        quantity(
            "First real competitor",
            "month",
            1,
            240,
            soft=(1, 60),
            whole=True,
            about="Plan month in which the price starts to fall; until then it holds.",
            source="Neutral: competition is there today.",
        ),
    ] = 1.0
    volatility: Annotated[Quantity, VOLATILITY] = 0.0


PricePoint = tuple[
    Annotated[Month, text("Month", kind="month", about="Calendar month of the price, YYYY-MM.")],
    Annotated[
        float, number("Price", "money", POSITIVE, 1e9, about="Price in that month, like for like with the others.")
    ],
]


class HistoryPath(Part):
    """A steady decline fitted on past prices of the same thing; the fit's standard error is its uncertainty."""

    kind: Literal["history"]
    series: Annotated[
        Annotated[Reference, Tag("~reference")]
        | Annotated[Listed[Annotated[PricePoint, Strict(False)]], Tag("~record")],
        Discriminator(shape_of),
        text(
            "Price history",
            kind="list",
            unit="money by month",
            about='A price series of the catalogue by name, or months with prices: [["2025-01", 2.5], …].',
        ),
    ]
    volatility: Annotated[Quantity, VOLATILITY] = 0.0


PricePath = Annotated[
    FlatPath | DeclinePath | StepsPath | MeanRevertingPath | MarketPath | HistoryPath, Discriminator("kind")
]


class Market(Part):
    """The one market scenario: five price paths, each relative to the decision date."""

    frontier_api: Annotated[
        PricePath, section("Newest frontier model", about="Price of always having the newest best.")
    ] = DeclinePath(kind="decline", annual_rate=0.0)
    capability_api: Annotated[
        PricePath, section("Today's frontier quality", about="Price of today's quality, from ever cheaper models.")
    ] = MarketPath(kind="market", floor=0.05, floor_decline=0.6, half_life=4.0)
    open_api: Annotated[
        PricePath, section("Open weights at an API", about="Price of open-weight models at hosting companies.")
    ] = MarketPath(kind="market", floor=0.5, floor_decline=0.5, half_life=8.0, volatility=0.3)
    gpu_rent: Annotated[PricePath, section("GPU rents", about="Rent of GPUs by the hour, on demand and reserved.")] = (
        MeanRevertingPath(kind="mean_reverting", long_run=0.85, half_life=12.0, volatility=0.25)
    )
    gpu_purchase: Annotated[
        PricePath, section("GPU purchase prices", about="Price of new GPUs; it also carries what yours sell for.")
    ] = DeclinePath(kind="decline", annual_rate=0.15)


MARKET_PATHS: Final = tuple(Market.model_fields)
