"""Nothing is asked in vain: every leaf of the schema moves some outcome, or stands on a short list with a reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import islice

from planner.assembly import Snapshot, resolve
from planner.engine.errors import EngineRefusal
from planner.plan.document import Plan
from planner.plan.errors import PlanInvalid
from planner.plan.fields import FieldSpec, Leaf, leaves, walk_specs
from planner.plan.overrides import with_overrides
from tests.analysis.nudges import certain, other_values, statements, uncertain
from tests.analysis.priced import catalogue
from tests.analysis.rich_plans import rich_plans

PLACES, VALUES = 40, 3
"""In how many plans a leaf is tried in the certain case, and with how many values each."""
FEW_PLACES = 6
"""The same for a leaf that is said to move nothing."""
HEAVY_PLACES = 2
"""In how many of them draws and financial statements are compared too."""

WHOLE_RECORD = "A record describes the whole chip as the catalogue does; "
BINDS_THE_PRIMARY = (
    "A commitment binds the supply an option lives on; what stands behind it is paid by use (model, §5)."
)
NO_OUTCOME = {
    r".*\bname|.*\.title|.*\.name \(text\)": "A name people see; nothing is computed from it.",
    r".*\bid": "What the other parts call it; they would have to be renamed with it.",
    r"schema_version": "There is one version of the format so far.",
    r"finance\.currency": "It names the money; amounts change with the rates under finance.fx.",
    r"finance\.fx\.\{n\}\.(currency|date|source)": "Whose rate it is, of when and from where; the rate is what counts.",
    r".*\.train_on\.(?!bf16_tflops|rent_per_hour).*": f"{WHOLE_RECORD}training takes its BF16 speed and its rent.",
    r"Accelerator\.(rent|reserved)_per_hour": f"{WHOLE_RECORD}a seller's cost takes its price, power and speed.",
    r"ApiPrices\.batch_discount": "A price list as the catalogue has it; a floor is a share of the list price.",
    r".*\[silicon\]\.accelerator_margin": "Shown, not paid: the chip's own cost is typed as its purchase price.",
    r".*\.(fallback|interim)\[api\]\.(monthly_commitment|commitment_end)": BINDS_THE_PRIMARY,
    r"(notes|switched_off) \(list\)": "Kept beside the plan: words, and parts that do not count.",
    r"scenarios\..*": "Scenarios are other plans; each is evaluated for itself.",
}
"""Leaves that move nothing, by pattern of their place, and why they are there all the same."""


def place(spec: FieldSpec) -> str:
    """A leaf of the schema; the same field of the same part counts once, whichever price path or floor holds it."""
    pattern = spec.path_pattern
    if "_path" in pattern or "floor." in pattern or pattern.startswith("market."):
        return f"{spec.owner}.{pattern.rsplit('.', 1)[-1]}"
    return pattern if spec.kind != "list" else f"{pattern} (list)"


@cache
def occurrences() -> dict[str, list[tuple[int, Leaf]]]:
    """Where each leaf of the schema occurs in the rich plans, typed values first."""
    found: dict[str, list[tuple[int, Leaf]]] = defaultdict(list)
    for number, plan in enumerate(rich_plans()):
        for leaf in leaves(plan):
            found[place(leaf.spec)].append((number, leaf))
    for seen in found.values():
        seen.sort(key=lambda pair: pair[1].is_default or pair[1].value is None)
    return found


@cache
def today(number: int) -> str:
    """The certain case of a rich plan."""
    return certain(resolve(rich_plans()[number], catalogue()))


def changed(plan: Plan, leaf: Leaf) -> Iterator[Snapshot]:
    """The plan with other values of a leaf, where they are valid."""
    for value in islice(other_values(leaf, plan), VALUES):
        with suppress(PlanInvalid):
            yield resolve(with_overrides(plan, {leaf.path: value}), catalogue())


def moves_the_certain_case(number: int, leaf: Leaf) -> bool:
    for after in changed(rich_plans()[number], leaf):
        with suppress(EngineRefusal):
            if certain(after) != today(number):
                return True
    return False


def moves_anything_else(number: int, leaf: Leaf) -> bool:
    """Draws or financial statements."""
    plan = rich_plans()[number]
    before = resolve(plan, catalogue())
    with suppress(EngineRefusal, PlanInvalid):
        for after in islice(changed(plan, leaf), 1):
            if uncertain(after) != uncertain(before) or statements(after, catalogue()) != statements(
                before, catalogue()
            ):
                return True
    return False


def without_effect(wanted: str, places: int = PLACES) -> bool:
    seen = occurrences()[wanted]
    if any(moves_the_certain_case(number, leaf) for number, leaf in seen[:places]):
        return False
    return not any(moves_anything_else(number, leaf) for number, leaf in seen[:HEAVY_PLACES])


def excused(wanted: str) -> str | None:
    """Why the leaf may be without effect."""
    return next((reason for pattern, reason in NO_OUTCOME.items() if re.fullmatch(pattern, wanted)), None)


def test_it_has_a_plan_with_every_leaf() -> None:
    missing = {place(spec) for spec in walk_specs()} - occurrences().keys()
    assert not missing


def test_it_moves_an_outcome_with_every_leaf() -> None:
    idle = sorted(wanted for wanted in occurrences() if excused(wanted) is None and without_effect(wanted))
    assert not idle, "\n".join(idle)


def test_it_gives_a_reason_only_to_leaves_that_need_one() -> None:
    excuses = [wanted for wanted in occurrences() if excused(wanted) is not None]
    moving = [wanted for wanted in excuses if not without_effect(wanted, FEW_PLACES)]
    assert not moving, "\n".join(moving)
