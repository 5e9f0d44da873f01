"""What an own chip spares: the margin its maker would have taken. Shown beside the cost, which it is no part of."""

from __future__ import annotations

from planner.engine.case import Owned, Silicon
from planner.engine.outcome import OptionOutcome
from planner.report.cells import Entry, plain, row
from planner.report.components import present_value
from planner.report.options_table import emphasis_of
from planner.report.subject import Subject
from planner.report.trace_step import OPTION, Ground, Rule, Step, rule
from planner.report.types import Column, Row, Table

COLUMNS = (
    Column("paid", "Own chips at their cost", "money", "Present value of the chips alone, without the servers"),
    Column("bought", "Bought from a chip maker", "money", "The same chips with the maker’s margin"),
    Column("avoided", "Margin avoided", "money", "The difference; no cash, and no part of the NPV"),
)

_FORMULAS = {
    "paid": "Present value of hardware ÷ (1 + the server’s share over the chip).",
    "bought": "Own chips at their cost ÷ (1 − the chip maker’s margin).",
    "avoided": "Bought from a chip maker − own chips at their cost: margin ÷ (1 − margin) of what is paid.",
}


def margin_of(subject: Subject, option: OptionOutcome) -> float:
    """Share of a bought chip's price that is its maker's margin, as the plan says; 0 where it says none."""
    projects = subject.case_option(option).develop
    return max((float(each.accelerator_margin[0]) for each in projects if isinstance(each, Silicon)), default=0.0)


def own_chips_table(subject: Subject) -> Table | None:
    """One row per option with a chip of its own whose plan names the margin avoided; None where there is none."""
    rows = tuple(_row(subject, option) for option in subject.ranked if margin_of(subject, option) > 0.0)
    if not rows:
        return None
    summary = (
        "What the chips would cost with the margin of a chip maker. It moves no cash: the plan pays their own cost."
    )
    return Table("own_chips", "The chip maker’s margin avoided", COLUMNS, rows, summary, row_header="Option")


def _row(subject: Subject, option: OptionOutcome) -> Row:
    at = f"options.{option.id}.own_chips"
    entries = [Entry(_amount(subject, option, column.id), trace=f"{at}.{column.id}") for column in COLUMNS]
    name, emphasis = subject.face(option).name, emphasis_of(subject, option)
    return row("own_chips", option.id, name, COLUMNS, entries, emphasis=emphasis, option=option.id)


def _amount(subject: Subject, option: OptionOutcome, column: str) -> float:
    margin, tenure = margin_of(subject, option), getattr(subject.case_option(option).primary, "tenure", None)
    uplift = float(tenure.server_uplift[0]) if isinstance(tenure, Owned) else 0.0
    paid = present_value(subject, option, "hardware") / (1.0 + uplift)
    bought = paid / (1.0 - margin)
    return plain({"paid": paid, "bought": bought, "avoided": paid - bought}[column])


def _step(ground: Ground, found: dict[str, str]) -> Step:
    option, column = ground.option(found["option"]), found["column"]
    at = f"options.{option.id}"
    parts = {
        "paid": (f"{at}.components.hardware.present", *ground.existing(f"{at}.primary.server_uplift")),
        "bought": (f"{at}.own_chips.paid", *ground.under(f"{at}.develop", {"accelerator_margin"})),
        "avoided": (f"{at}.own_chips.paid", f"{at}.own_chips.bought"),
    }
    return Step(
        label=next(each.label for each in COLUMNS if each.id == column),
        value=_amount(ground.subject, option, column),
        unit="money",
        formula=_FORMULAS[column],
        inputs=parts[column],
    )


RULES: tuple[Rule, ...] = (rule(rf"{OPTION}\.own_chips\.(?P<column>paid|bought|avoided)", _step),)
