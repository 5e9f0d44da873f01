"""Records that the catalogue holds and that a plan may write in place: models, accelerators, API prices."""

from typing import Annotated, Final

from planner.plan.leaf import NEUTRAL, POSITIVE, WHERE_NEEDED, integer, number, quantity, section, text
from planner.plan.part import Listed, Name, Part
from planner.plan.quantity import Quantity

# Prices appear in the catalogue's records, in context-size tiers and on the supply itself: one declaration each.
INPUT_PRICE: Final = quantity(
    "Input price",
    "money/Mtok",
    0.0,
    1e6,
    soft=(0.005, 200),
    about="List price per million uncached input tokens at the decision date.",
    source=WHERE_NEEDED,
)
CACHED_INPUT_PRICE: Final = quantity(
    "Cached input price",
    "money/Mtok",
    0.0,
    1e6,
    soft=(0.0, 100),
    about="List price per million tokens read from the provider's prompt cache. Empty: the input price.",
    source="Convention: the input price.",
)
CACHE_WRITE_PRICE: Final = quantity(
    "Cache write price",
    "money/Mtok",
    0.0,
    1e6,
    soft=(0.0, 400),
    about="List price per million tokens written to the provider's prompt cache. Empty: the input price.",
    source="Convention: the input price.",
)
OUTPUT_PRICE: Final = quantity(
    "Output price",
    "money/Mtok",
    0.0,
    1e6,
    soft=(0.005, 1000),
    about="List price per million output tokens at the decision date.",
    source=WHERE_NEEDED,
)
BATCH_DISCOUNT: Final = quantity(
    "Batch discount",
    "share",
    0.0,
    1.0,
    soft=(0.0, 0.6),
    about="Off all token prices of requests that can wait.",
    source=NEUTRAL,
)


class ModelArchitecture(Part):
    """Shape of a model with known weights: what its memory, speed and training cost follow from."""

    name: Annotated[Name, text("Model name", about="A name for reports.", source=NEUTRAL)] = ""
    total_params: Annotated[
        Quantity,
        quantity(
            "Parameters", "parameters", 1e3, 1e15, soft=(1e8, 5e12), about="All weights, which must fit in memory."
        ),
    ]
    active_params: Annotated[
        Quantity,
        quantity(
            "Active parameters",
            "parameters",
            1e3,
            1e15,
            soft=(1e8, 5e11),
            about="Weights that one token uses: all of a dense model, a part of a mixture of experts.",
        ),
    ]
    layers: Annotated[int, integer("Layers", "layers", 1, 10_000, soft=(8, 200), about="Transformer blocks.")]
    query_heads: Annotated[
        int | None,
        integer(
            "Query heads",
            "heads",
            1,
            10_000,
            soft=(4, 256),
            about="Attention heads per layer. Empty: unknown, and the work of attention is left out.",
            source="Unknown: the work of attention is left out.",
        ),
    ] = None
    kv_heads: Annotated[
        int,
        integer(
            "Key-value heads",
            "heads",
            1,
            10_000,
            soft=(1, 128),
            about="Heads whose keys and values are cached per layer.",
        ),
    ]
    head_dim: Annotated[
        int, integer("Head dimension", "numbers/head", 1, 10_000, soft=(32, 512), about="Width of one head.")
    ]


class Accelerator(Part):
    """One GPU or other chip. Prices and speeds may be left out where nothing in the plan needs them."""

    name: Annotated[Name, text("Accelerator name", about="A name for reports.", source=NEUTRAL)] = ""
    memory_gb: Annotated[
        Quantity | None,
        quantity(
            "Memory",
            "GB",
            POSITIVE,
            1e6,
            soft=(8, 2000),
            about="Memory of one chip for weights and cache.",
            source=WHERE_NEEDED,
        ),
    ] = None
    bandwidth_tbs: Annotated[
        Quantity | None,
        quantity(
            "Memory bandwidth",
            "TB/s",
            POSITIVE,
            1e5,
            soft=(0.05, 100),
            about="Data sheet, terabytes per second.",
            source=WHERE_NEEDED,
        ),
    ] = None
    bf16_tflops: Annotated[
        Quantity | None,
        quantity(
            "BF16 peak",
            "TFLOP/s",
            POSITIVE,
            1e8,
            soft=(5, 2e4),
            about="Data sheet, dense (without sparsity).",
            source=WHERE_NEEDED,
        ),
    ] = None
    fp8_tflops: Annotated[
        Quantity | None,
        quantity(
            "FP8 peak",
            "TFLOP/s",
            POSITIVE,
            1e8,
            soft=(10, 5e4),
            about="Data sheet, dense. Empty: the chip has no FP8.",
            source=WHERE_NEEDED,
        ),
    ] = None
    fp4_tflops: Annotated[
        Quantity | None,
        quantity(
            "FP4 peak",
            "TFLOP/s",
            POSITIVE,
            1e8,
            soft=(20, 1e5),
            about="Data sheet, dense. Empty: the chip has no FP4.",
            source=WHERE_NEEDED,
        ),
    ] = None
    watts: Annotated[
        Quantity | None,
        quantity(
            "Chip power", "W", 0.0, 1e6, soft=(20, 5000), about="Data sheet power of one chip.", source=WHERE_NEEDED
        ),
    ] = None
    purchase_price: Annotated[
        Quantity | None,
        quantity(
            "Purchase price",
            "money/GPU",
            0.0,
            1e9,
            soft=(100, 1e5),
            about="Bare chip, today, without server and network.",
            source=WHERE_NEEDED,
        ),
    ] = None
    rent_per_hour: Annotated[
        Quantity | None,
        quantity(
            "Rent on demand",
            "money/GPU-hour",
            0.0,
            1e6,
            soft=(0.05, 30),
            about="Per GPU and hour, today, without a term.",
            source=WHERE_NEEDED,
        ),
    ] = None
    reserved_per_hour: Annotated[
        Quantity | None,
        quantity(
            "Rent reserved",
            "money/GPU-hour",
            0.0,
            1e6,
            soft=(0.05, 30),
            about="Per GPU and hour, today, for a reserved term. Empty: the rent on demand.",
            source="Convention: the rent on demand.",
        ),
    ] = None


class PriceTier(Part):
    """Prices of requests whose input is longer than a limit."""

    above_input_tokens: Annotated[
        float,
        number(
            "Applies above",
            "tokens/request",
            0.0,
            1e9,
            soft=(1e3, 2e6),
            about="Input tokens per request above which these prices hold.",
        ),
    ]
    input_price: Annotated[Quantity, INPUT_PRICE]
    cached_input_price: Annotated[Quantity | None, CACHED_INPUT_PRICE] = None
    cache_write_price: Annotated[Quantity | None, CACHE_WRITE_PRICE] = None
    output_price: Annotated[Quantity, OUTPUT_PRICE]


PRICE_TIERS: Final = section("Prices by context size", about="Other prices for requests with longer inputs.")


class ApiPrices(Part):
    """List prices of an API model, money per million tokens."""

    name: Annotated[Name, text("Model name", about="A name for reports.", source=NEUTRAL)] = ""
    input_price: Annotated[Quantity, INPUT_PRICE]
    cached_input_price: Annotated[Quantity | None, CACHED_INPUT_PRICE] = None
    cache_write_price: Annotated[Quantity | None, CACHE_WRITE_PRICE] = None
    output_price: Annotated[Quantity, OUTPUT_PRICE]
    batch_discount: Annotated[Quantity, BATCH_DISCOUNT] = 0.0
    price_tiers: Annotated[Listed[PriceTier], PRICE_TIERS] = ()
