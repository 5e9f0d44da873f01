"""Random API and hosted supplies."""

from tests.oracle.roofline import Shape
from tests.random_plans.dice import Dice, Document
from tests.random_plans.features import Features
from tests.random_plans.machines import accelerator, enough_gpus, fits, model, precision_of, shapes
from tests.random_plans.paths import api_prices, simple_path


def common(dice: Dice, supply: Document) -> None:
    """Fields that every supply has."""
    if supply["tier"] == "open":
        dice.optional(supply, "relative_coverage", dice.one_of([dice.between(0.4, 1), dice.between(1, 1.5)]))
    dice.optional(supply, "token_factor", dice.between(0.7, 2))


def price_tiers(dice: Dice, supply: Document) -> list[Document]:
    """Dearer prices for long requests."""
    tiers: list[Document] = []
    for above in sorted(dice.random.sample([1000, 4000, 9000, 16000], dice.whole(1, 2))):
        dearer = dice.between(1, 3)
        tier: Document = {
            "above_input_tokens": above,
            "input_price": round(supply["input_price"] * dearer, 6),
            "output_price": round(supply["output_price"] * dearer, 6),
        }
        dice.optional(tier, "cached_input_price", round(supply["input_price"] * dearer * 0.5, 6))
        dice.optional(tier, "cache_write_price", round(supply["input_price"] * dearer * 1.25, 6))
        tiers.append(tier)
    return tiers


def discount(dice: Dice) -> float | list[list[float]]:
    """A fraction or a ladder of monthly spend."""
    if dice.chance(0.5):
        return dice.between(0, 0.4)
    thresholds = sorted(dice.magnitude(100, 1e6) for _ in range(dice.whole(1, 4)))
    return [[t + k, dice.between(0, 0.5)] for k, t in enumerate(thresholds)]


def api(dice: Dice, horizon: int, features: Features) -> Document:
    """An API supply with prices in the document."""
    supply: Document = {"kind": "api", "tier": dice.one_of(["frontier", "open"]), **api_prices(dice)}
    common(dice, supply)
    dice.optional(supply, "batch_discount", dice.between(0, 0.6))
    dice.optional(supply, "discount", discount(dice))
    dice.optional(supply, "follows", dice.one_of(["model", "capability", "frontier"]), 0.75)
    dice.optional(supply, "migrate_every", dice.one_of([1, 1, dice.whole(2, 14)]))
    dice.optional(supply, "migration_cost", dice.magnitude(10, 1e5))
    dice.optional(supply, "price_path", simple_path(dice, horizon), 0.2)
    dice.optional(supply, "price_tiers", price_tiers(dice, supply), 0.2)
    if features.commitments and dice.chance(0.3):
        supply["monthly_commitment"] = dice.magnitude(10, 1e5)
        dice.optional(supply, "commitment_end", dice.whole(1, horizon + 3))
    return supply


def promised_speed(dice: Dice, supply: Document) -> None:
    """A speed per user, and a prefill that does not interrupt it."""
    dice.optional(supply, "max_seconds_per_token", dice.magnitude(0.01, 0.3))
    dice.optional(supply, "dedicated_prefill", dice.chance(0.5), 0.3)


def efficiencies(dice: Dice, supply: Document) -> None:
    """How much of the chip's peaks is reached."""
    dice.optional(supply, "bandwidth_efficiency", dice.between(0.5, 0.95), 0.2)
    dice.optional(supply, "compute_efficiency", dice.between(0.2, 0.8), 0.2)
    dice.optional(supply, "software_factor", dice.between(0.4, 1), 0.2)
    dice.optional(supply, "weight_bytes", dice.between(0.4, 2), 0.1)
    dice.optional(supply, "kv_bytes", dice.one_of([1.0, 2.0]), 0.1)


def sizing(dice: Dice, supply: Document) -> None:
    """How many replicas stand behind the load."""
    dice.optional(supply, "target_utilisation", dice.between(0.2, 0.95))
    dice.optional(supply, "efficiency_gain", dice.between(-0.1, 0.8), 0.4)
    dice.optional(supply, "migration_cost", dice.magnitude(10, 1e5))
    dice.optional(supply, "min_replicas", dice.whole(0, 4))
    dice.optional(supply, "spare_replicas", dice.whole(0, 3))


def rented(dice: Dice, supply: Document, horizon: int) -> None:
    """Terms of a rent."""
    dice.optional(supply, "autoscaled", dice.chance(0.5), 0.3)
    dice.optional(supply, "reserved_share", dice.share())
    dice.optional(supply, "reserved_term_months", dice.whole(1, min(horizon + 3, 120)))
    dice.optional(supply, "rent_path", simple_path(dice, horizon), 0.3)


def owned(dice: Dice, supply: Document, horizon: int) -> None:
    """Terms of an own fleet; lives are often shorter than the plan, leads longer than the time to go-live."""
    dice.optional(supply, "server_uplift", dice.between(0, 0.6))
    dice.optional(supply, "server_watts", dice.between(100, 2000), 0.3)
    dice.optional(supply, "pue", dice.between(1, 1.8))
    dice.optional(supply, "power_tariff", dice.between(0.02, 0.3))
    dice.optional(supply, "colo_per_kw_month", dice.between(0, 300))
    dice.optional(supply, "maintenance", dice.between(0, 0.15))
    dice.optional(supply, "useful_life_months", dice.one_of([1, dice.whole(2, horizon + 2), dice.whole(24, 84)]), 0.7)
    dice.optional(supply, "resale_share", dice.share())
    dice.optional(supply, "lead_months", dice.whole(0, 12))
    dice.optional(supply, "purchase_path", simple_path(dice, horizon), 0.3)
    dice.optional(supply, "rent_path", simple_path(dice, horizon), 0.15)


def hosted(dice: Dice, workloads: list[Document], horizon: int, tenure: str) -> Document:
    """A hosted supply that fits every workload in every plan year: measured where no roofline would."""
    chip = accelerator(dice)
    supply: Document = {
        "kind": "hosted",
        "tier": dice.one_of(["open", "open", "open", "frontier"]),
        "model": model(dice),
        "accelerator": chip,
        **({"tenure": tenure} if tenure == "own" else {}),
        "precision": precision_of(dice, chip),
    }
    common(dice, supply)
    efficiencies(dice, supply)
    sizing(dice, supply)
    if tenure == "rent":
        dice.optional(supply, "tenure", tenure)
    (rented if tenure == "rent" else owned)(dice, supply, horizon)
    throughput(dice, supply, shapes(workloads, supply.get("token_factor", 1), horizon))
    return supply


def throughput(dice: Dice, supply: Document, needed: list[Shape]) -> None:
    """Estimated where it fits, measured otherwise and sometimes anyway."""
    gpus = enough_gpus(supply, needed)
    if gpus is None or dice.chance(0.15):
        supply["gpus_per_replica"] = dice.whole(1, 8)
        supply["prefill_tokens_per_s"] = dice.magnitude(500, 5e4)
        supply["decode_tokens_per_s"] = dice.magnitude(50, 1e4)
        return
    if gpus > 1 or dice.chance(0.5):
        supply["gpus_per_replica"] = gpus
    promised_speed(dice, supply)
    if not fits(supply, needed):
        del supply["max_seconds_per_token"]
