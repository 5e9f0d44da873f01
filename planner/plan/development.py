"""Projects that make a supply better before it goes live: fine-tuning, pretraining, own silicon."""

from typing import Annotated, Final, Literal

from pydantic import Discriminator

from planner.plan.leaf import NEUTRAL, WHERE_NEEDED, quantity, text
from planner.plan.market import AcceleratorRecord
from planner.plan.part import Part
from planner.plan.quantity import Quantity

TOKENS: Final = quantity(
    "Training tokens", "tokens", 0.0, 1e18, soft=(1e4, 1e14), about="Tokens of one pass over the training data."
)
EXPERIMENTS: Final = quantity(
    "Compute over the final run",
    "factor",
    0.0,
    1e4,
    soft=(1.0, 30.0),
    about=(
        "All compute of research and development as a multiple of the final run's: a follower needs 1.5 to 3, an own "
        "recipe 3 to 6, the frontier about 10."
    ),
    source=(
        "Neutral: the final run alone (OLMo 1.5, Olmo 3 5.6, OpenAI 2024 about 10; Epoch AI and the models' papers)."
    ),
)
MFU: Final = quantity(
    "Model FLOP utilisation",
    "share",
    0.01,
    1.0,
    soft=(0.1, 0.6),
    about="Share of the BF16 peak that training reaches over the whole run, restarts and failures included.",
    source="Published training runs, 6·N·D over GPU-hours × BF16 peak; a run's own statement is usually higher.",
)
UPLIFT: Final = quantity(
    "Share of the gap closed",
    "share",
    -10.0,
    1.0,
    soft=(-0.5, 0.9),
    about=(
        "Share of the requests the supply cannot do but the frontier can, that development wins. Negative: it gets "
        "worse."
    ),
    source=NEUTRAL,
)
TRAIN_ON: Final = text(
    "Accelerator for training",
    kind="reference",
    about="Empty: the accelerator of the supply.",
    source="Convention: the supply's accelerator.",
)
DURATION: Final = quantity(
    "Duration",
    "months",
    1,
    120,
    soft=(2, 48),
    whole=True,
    about="Months before go-live over which the cost is spread evenly; they must fit between the decision and go-live.",
)


class FineTune(Part):
    """Training an existing model on your own examples, on GPUs or at the API's provider."""

    kind: Literal["fine_tune"]
    tokens: Annotated[Quantity, TOKENS]
    epochs: Annotated[
        Quantity,
        quantity("Epochs", "passes", 0.0, 1e4, soft=(0.5, 20), about="Passes over the training data.", source=NEUTRAL),
    ] = 1.0
    method_factor: Annotated[
        Quantity,
        quantity(
            "Method",
            "factor",
            0.0,
            10.0,
            soft=(0.3, 1.5),
            about="GPU time relative to full training: 1 for full, 0.67 for LoRA.",
            source="Neutral: full fine-tuning.",
        ),
    ] = 1.0
    experiments: Annotated[Quantity, EXPERIMENTS] = 1.0
    labelled_examples: Annotated[
        Quantity,
        quantity(
            "Labelled examples",
            "examples",
            0.0,
            1e12,
            soft=(0.0, 1e7),
            about="Examples that people write or check.",
            source=NEUTRAL,
        ),
    ] = 0.0
    price_per_example: Annotated[
        Quantity,
        quantity(
            "Price per example",
            "money/example",
            0.0,
            1e6,
            soft=(0.0, 500),
            about="Cost of writing or checking one example.",
            source=NEUTRAL,
        ),
    ] = 0.0
    evaluation_cost: Annotated[
        Quantity,
        quantity(
            "Evaluation",
            "money",
            0.0,
            1e12,
            soft=(0.0, 1e7),
            about="Testing each trained version before it goes live.",
            source=NEUTRAL,
        ),
    ] = 0.0
    mfu: Annotated[Quantity, MFU] = 0.28
    train_on: Annotated[AcceleratorRecord | None, TRAIN_ON] = None
    price_per_training_mtok: Annotated[
        Quantity | None,
        quantity(
            "Training price",
            "money/Mtok",
            0.0,
            1e6,
            soft=(0.1, 200),
            about="Provider's price per million training tokens; needed on an API, unused on GPUs.",
            source=WHERE_NEEDED,
        ),
    ] = None
    usage_multiplier: Annotated[
        Quantity,
        quantity(
            "Price of the tuned model",
            "factor",
            0.0,
            1e3,
            soft=(1.0, 6.0),
            about="The tuned model's prices over the base model's, on an API.",
            source="Neutral: the base model's prices (GPT-4o mini: 2).",
        ),
    ] = 1.0
    uplift: Annotated[Quantity, UPLIFT] = 0.0


class Pretrain(Part):
    """Training a model from the first token."""

    kind: Literal["pretrain"]
    tokens: Annotated[Quantity, TOKENS]
    mfu: Annotated[Quantity, MFU] = 0.28
    failed_share: Annotated[
        Quantity,
        quantity(
            "Failed runs",
            "share",
            0.0,
            100.0,
            soft=(0.0, 1.0),
            about="Compute lost in failed runs, over that of the runs that succeed.",
            source="Neutral: the model FLOP utilisation includes it.",
        ),
    ] = 0.0
    experiments: Annotated[Quantity, EXPERIMENTS] = 1.0
    data_cost: Annotated[
        Quantity,
        quantity(
            "Data",
            "money",
            0.0,
            1e13,
            soft=(0.0, 1e9),
            about="Buying, licensing and cleaning the training data.",
            source=NEUTRAL,
        ),
    ] = 0.0
    duration_months: Annotated[Quantity, DURATION]
    train_on: Annotated[AcceleratorRecord | None, TRAIN_ON] = None
    uplift: Annotated[Quantity, UPLIFT] = 0.0


class Silicon(Part):
    """Designing a chip of your own; the chip is the option's accelerator, its unit cost the purchase price."""

    kind: Literal["silicon"]
    nre: Annotated[
        Quantity,
        quantity(
            "Engineering cost",
            "money",
            0.0,
            1e13,
            soft=(1e6, 5e9),
            about="Design, verification, software and masks up to the first good chip.",
        ),
    ]
    respin_share: Annotated[
        Quantity,
        quantity(
            "Respins",
            "share",
            0.0,
            10.0,
            soft=(0.0, 1.0),
            about="Further rounds, as a share of the engineering cost.",
            source=NEUTRAL,
        ),
    ] = 0.0
    duration_months: Annotated[Quantity, DURATION]
    minimum_units: Annotated[
        Quantity,
        quantity(
            "Smallest order",
            "GPU",
            0,
            1e9,
            soft=(0, 1e6),
            whole=True,
            about="Chips that are bought at go-live at least.",
            source=NEUTRAL,
        ),
    ] = 0.0
    accelerator_margin: Annotated[
        Quantity | None,
        quantity(
            "Chip maker's margin avoided",
            "share",
            0.0,
            0.99,
            soft=(0.2, 0.9),
            about="Share of a bought accelerator's price that is its maker's margin; a line of the report, no cash.",
            source="None: no line is shown.",
        ),
    ] = None


DevelopmentProject = Annotated[FineTune | Pretrain | Silicon, Discriminator("kind")]
