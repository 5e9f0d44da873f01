"""An API that is paid by the token."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Strict, Tag

from planner.plan.leaf import NEUTRAL, choice, number, quantity, section, text
from planner.plan.market import PricePath
from planner.plan.part import Listed, Part, Reference
from planner.plan.quantity import Quantity
from planner.plan.records import (
    BATCH_DISCOUNT,
    CACHE_WRITE_PRICE,
    CACHED_INPUT_PRICE,
    INPUT_PRICE,
    OUTPUT_PRICE,
    PRICE_TIERS,
    PriceTier,
)
from planner.plan.supply_terms import MIGRATION_COST, RELATIVE_COVERAGE, TIER, TOKEN_FACTOR

DiscountBand = tuple[
    Annotated[
        float,
        number(
            "Spend above",
            "money/month",
            0.0,
            1e13,
            about="Monthly spend, after batch and path, from which the band counts.",
        ),
    ],
    Annotated[float, number("Discount", "share", 0.0, 1.0, about="Discount on the part of the spend inside the band.")],
]


def _discount_shape(value: Any) -> str:
    return "~ladder" if isinstance(value, list | tuple) else "~quantity"


class ApiSupply(Part):
    """An API, paid by the token."""

    kind: Literal["api"]
    tier: Annotated[Literal["frontier", "open"], TIER]
    relative_coverage: Annotated[Quantity, RELATIVE_COVERAGE] = 1.0
    token_factor: Annotated[Quantity, TOKEN_FACTOR] = 1.0
    model: Annotated[
        Reference | None,
        text(
            "Model",
            kind="reference",
            about="Model of the catalogue, such as openai/gpt-4o. Empty if you type the prices.",
            source="None: prices are typed.",
        ),
    ] = None
    input_price: Annotated[Quantity | None, INPUT_PRICE] = None
    cached_input_price: Annotated[Quantity | None, CACHED_INPUT_PRICE] = None
    cache_write_price: Annotated[Quantity | None, CACHE_WRITE_PRICE] = None
    output_price: Annotated[Quantity | None, OUTPUT_PRICE] = None
    price_tiers: Annotated[Listed[PriceTier], PRICE_TIERS] = ()
    batch_discount: Annotated[Quantity, BATCH_DISCOUNT] = 0.0
    discount: Annotated[
        Annotated[
            Quantity,
            quantity(
                "Discount",
                "share",
                0.0,
                1.0,
                soft=(0.0, 0.6),
                about="Negotiated share off the list price, or a ladder by monthly spend.",
                source=NEUTRAL,
            ),
            Tag("~quantity"),
        ]
        | Annotated[
            Listed[Annotated[DiscountBand, Strict(False)]],
            text(
                "Discount ladder",
                kind="list",
                unit="money/month, share",
                about="[[threshold, share], …]: each band's share off the spend inside it.",
                source=NEUTRAL,
            ),
            Tag("~ladder"),
        ],
        Discriminator(_discount_shape),
    ] = 0.0
    monthly_commitment: Annotated[
        Quantity,
        quantity(
            "Monthly commitment",
            "money/month",
            0.0,
            1e12,
            soft=(0.0, 1e8),
            about="The fee is never below it from go-live on.",
            source=NEUTRAL,
        ),
    ] = 0.0
    commitment_end: Annotated[
        Quantity | None,
        quantity(
            "Last month of the commitment",
            "month",
            1,
            240,
            whole=True,
            about=(
                "Through which the commitment runs. Empty: as long as the supply is used; options that leave it owe "
                "nothing."
            ),
            source="Neutral: nobody who leaves owes anything.",
        ),
    ] = None
    follows: Annotated[
        Literal["model", "capability", "frontier"],
        choice(
            "Follows",
            "model",
            "capability",
            "frontier",
            about=(
                "Stay on this model (its list price rarely moves), on today's quality from ever cheaper models, or "
                "always on the newest best."
            ),
            source="Convention: today's quality, bought where it is cheapest.",
        ),
    ] = "capability"
    migrate_every: Annotated[
        Quantity,
        quantity(
            "Months between changes",
            "months",
            1,
            240,
            soft=(1, 36),
            whole=True,
            about="Months between changes to a newer model; prices and quality move only then.",
            source="Judgement: twice a year.",
        ),
    ] = 6.0
    migration_cost: Annotated[Quantity, MIGRATION_COST] = 0.0
    price_path: Annotated[
        PricePath | None,
        section("Price path", about="Empty: flat if it follows its model, else the market's path of its tier."),
    ] = None
