"""A model with known weights, hosted on GPUs that are rented or owned."""

from typing import Annotated, Literal

from planner.plan.leaf import NEUTRAL, POSITIVE, choice, flag, quantity, section, text
from planner.plan.market import (
    GPUS_PER_REPLICA,
    PRECISION,
    AcceleratorRecord,
    ModelRecord,
    Precision,
    PricePath,
)
from planner.plan.part import Part
from planner.plan.quantity import Quantity
from planner.plan.supply_terms import MIGRATION_COST, RELATIVE_COVERAGE, TIER, TOKEN_FACTOR


class HostedSupply(Part):
    """A model with known weights on GPUs that you rent or own."""

    kind: Literal["hosted"]
    tier: Annotated[Literal["frontier", "open"], TIER]
    relative_coverage: Annotated[Quantity, RELATIVE_COVERAGE] = 1.0
    token_factor: Annotated[Quantity, TOKEN_FACTOR] = 1.0
    model: Annotated[
        ModelRecord | None,
        text(
            "Model",
            kind="reference",
            about="Architecture of the catalogue, such as llama-3.1-70b, or written in place.",
            source="None: both speeds are measured.",
        ),
    ] = None
    accelerator: Annotated[
        AcceleratorRecord,
        text("Accelerator", kind="reference", about="GPU of the catalogue, such as h100-sxm, or written in place."),
    ]
    precision: Annotated[Precision, PRECISION] = "bf16"
    weight_bytes: Annotated[
        Quantity | None,
        quantity(
            "Bytes per weight",
            "bytes",
            POSITIVE,
            16.0,
            soft=(0.5, 4.0),
            about="Empty: 2, 1 or 0.5625 by precision.",
            source="By precision: bf16 2, fp8 1, fp4 0.5625 (with scales).",
        ),
    ] = None
    kv_bytes: Annotated[
        Quantity | None,
        quantity(
            "Bytes per cached number",
            "bytes",
            POSITIVE,
            16.0,
            soft=(0.5, 4.0),
            about="Of keys and values. Empty: 2 or 1 by precision.",
            source="By precision: bf16 2, fp8 and fp4 1.",
        ),
    ] = None
    gpus_per_replica: Annotated[int, GPUS_PER_REPLICA] = 1
    tenure: Annotated[
        Literal["rent", "own"],
        choice(
            "Tenure",
            "rent",
            "own",
            about="GPUs rented by the hour, or bought.",
            source="Convention: rented, which commits to nothing.",
        ),
    ] = "rent"
    autoscaled: Annotated[
        bool,
        flag(
            "Autoscaled",
            about="Rented replicas follow the load: sized for the mean, not the busiest hour.",
            source=NEUTRAL,
        ),
    ] = False
    target_utilisation: Annotated[
        Quantity,
        quantity(
            "Target utilisation",
            "share",
            0.05,
            0.95,
            soft=(0.2, 0.85),
            about="Load of the busy hour that a replica is sized for.",
            source="Judgement: over 75 % of firms stay below 0.7 at peak (AI infrastructure survey 2024).",
        ),
    ] = 0.6
    efficiency_gain: Annotated[
        Quantity,
        quantity(
            "Software gets faster",
            "share/year",
            -0.9,
            20.0,
            soft=(0.0, 2.0),
            about="Yearly gain in speed, taken at each refresh.",
            source=NEUTRAL,
        ),
    ] = 0.0
    migration_cost: Annotated[Quantity, MIGRATION_COST] = 0.0
    min_replicas: Annotated[
        Quantity,
        quantity(
            "Fewest replicas",
            "replicas",
            0,
            1e6,
            soft=(0, 1e4),
            whole=True,
            about="Running even without load.",
            source="Convention: one, so that somebody answers.",
        ),
    ] = 1.0
    spare_replicas: Annotated[
        Quantity,
        quantity(
            "Spare replicas",
            "replicas",
            0,
            1e6,
            soft=(0, 1e3),
            whole=True,
            about="On top of what the load needs, against failures.",
            source=NEUTRAL,
        ),
    ] = 0.0
    max_seconds_per_token: Annotated[
        Quantity | None,
        quantity(
            "Slowest answer",
            "seconds/token",
            POSITIVE,
            1e4,
            soft=(0.003, 1.0),
            about="Longest interval between tokens that a user sees. Empty: no promise.",
            source="None: no promise of speed.",
        ),
    ] = None
    dedicated_prefill: Annotated[
        bool,
        flag(
            "Dedicated prefill",
            about="Prompts are read on replicas of their own and do not slow answers down.",
            source=NEUTRAL,
        ),
    ] = False
    bandwidth_efficiency: Annotated[
        Quantity,
        quantity(
            "Memory efficiency",
            "share",
            0.01,
            1.0,
            soft=(0.4, 0.95),
            about="Share of the data sheet's bandwidth that decoding reaches.",
            source="Fitted on public offline throughput measurements.",
        ),
    ] = 0.80
    compute_efficiency: Annotated[
        Quantity | None,
        quantity(
            "Compute efficiency",
            "share",
            0.01,
            1.0,
            soft=(0.2, 0.9),
            about="Share of the peak speed that is reached. Empty: 0.60 for bf16 and fp8, 0.37 for fp4.",
            source="Fitted on public offline throughput measurements: 0.60 (bf16, fp8), 0.37 (fp4).",
        ),
    ] = None
    software_factor: Annotated[
        Quantity,
        quantity(
            "Software maturity",
            "factor",
            0.01,
            10.0,
            soft=(0.3, 1.5),
            about="Speed of the chip's software relative to NVIDIA's; AMD Instinct 0.55.",
            source=NEUTRAL,
        ),
    ] = 1.0
    prefill_tokens_per_s: Annotated[
        Quantity | None,
        quantity(
            "Measured prefill speed",
            "tokens/second",
            POSITIVE,
            1e12,
            soft=(10, 1e7),
            about="Of one replica at your request shape. Give both speeds or none.",
            source="None: estimated.",
        ),
    ] = None
    decode_tokens_per_s: Annotated[
        Quantity | None,
        quantity(
            "Measured decode speed",
            "tokens/second",
            POSITIVE,
            1e12,
            soft=(10, 1e6),
            about="Of one replica at your request shape. Give both speeds or none.",
            source="None: estimated.",
        ),
    ] = None
    rent_path: Annotated[PricePath | None, section("Path of rents", about="Empty: the market's.")] = None
    purchase_path: Annotated[PricePath | None, section("Path of purchase prices", about="Empty: the market's.")] = None
    reserved_share: Annotated[
        Quantity,
        quantity(
            "Reserved share",
            "share",
            0.0,
            1.0,
            about="Share of the replicas that are rented for a term.",
            source=NEUTRAL,
        ),
    ] = 0.0
    reserved_term_months: Annotated[
        Quantity,
        quantity(
            "Reserved term",
            "months",
            1,
            120,
            soft=(1, 36),
            whole=True,
            about="Length of a reservation; its rent and size hold until it is renewed.",
            source="Judgement: one year, the usual term.",
        ),
    ] = 12.0
    server_uplift: Annotated[
        Quantity,
        quantity(
            "Server and network",
            "share",
            0.0,
            10.0,
            soft=(0.05, 0.6),
            about="On top of the bare chips' price.",
            source="Eight-GPU H100 server 270 k$ (May 2023) against chips of 25 to 30 k$.",
        ),
    ] = 0.25
    server_watts: Annotated[
        Quantity | None,
        quantity(
            "Power at the wall",
            "W/GPU",
            0.0,
            1e6,
            soft=(50, 8000),
            about="Per GPU, its share of the server included. Empty: 1.6 times the chip's.",
            source="Judgement: 1.6 × the chip's power, for processors, fans and network.",
        ),
    ] = None
    pue: Annotated[
        Quantity,
        quantity(
            "Power usage effectiveness",
            "factor",
            1.0,
            5.0,
            soft=(1.05, 2.0),
            about="Power of the whole building over that of its computers.",
            source="Between AI halls at 1.1 to 1.2 and the survey mean of 1.54 (Uptime Institute 2025).",
        ),
    ] = 1.3
    power_tariff: Annotated[
        Quantity,
        quantity(
            "Power price",
            "money/kWh",
            0.0,
            100.0,
            soft=(0.02, 0.6),
            about="Price of electricity today; grows with inflation.",
            source="US industrial price 0.0929 $/kWh, January 2026 (EIA).",
        ),
    ] = 0.093
    colo_per_kw_month: Annotated[
        Quantity,
        quantity(
            "Colocation",
            "money/kW-month",
            0.0,
            1e5,
            soft=(50, 600),
            about="Rent of space, cooling and network per kW of computers, power not included.",
            source="Global average 217.30 $/kW-month, first quarter 2025 (CBRE).",
        ),
    ] = 217.0
    maintenance: Annotated[
        Quantity,
        quantity(
            "Maintenance",
            "share/year",
            0.0,
            1.0,
            soft=(0.0, 0.2),
            about="Of the price paid for the hardware.",
            source="Judgement: usual service contracts.",
        ),
    ] = 0.05
    useful_life_months: Annotated[
        Quantity,
        quantity(
            "Useful life",
            "months",
            1,
            360,
            soft=(18, 84),
            whole=True,
            about="Months in service until replaced.",
            source="Large buyers' books, 2025: 5 to 6 years; critics say 2 to 3.",
        ),
    ] = 60.0
    resale_share: Annotated[
        Quantity,
        quantity(
            "Left after the dealer's margin",
            "share",
            0.0,
            1.0,
            soft=(0.3, 0.95),
            about=(
                "Share of the used value that a sale brings, after margin and removal. Age and falling prices are "
                "counted separately."
            ),
            source="Judgement: dealers keep 10 to 40 %.",
        ),
    ] = 0.8
    lead_months: Annotated[
        Quantity,
        quantity(
            "Paid ahead",
            "months",
            0,
            36,
            soft=(0, 12),
            whole=True,
            about="Months between payment and service.",
            source="Judgement: one month from payment to service.",
        ),
    ] = 1.0
