"""How the figures were made, and the checks they passed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from planner.renderers.formats import format_date
from planner.renderers.pdf.blocks import Block
from planner.renderers.pdf.order import Material, Order
from planner.report import words


def method(material: Material, order: Order) -> Block:
    """The terms of the calculation, the versions, the checks. Every report has them."""
    table = material.report.table("checks")
    checks = [{"label": row.label, "passed": bool(row.cells[0].value)} for row in table.rows]
    return {
        "intro": [convention(material), _discounting(material), _draws(material)],
        "facts": _facts(material),
        "checks_title": _("Checks"),
        "checks_summary": table.summary,
        "checks": checks,
        "passed": _("pass"),
        "failed": _("fail"),
    }


def convention(material: Material) -> str:
    """The line at the foot of every page: currency, sign, tax."""
    finance = material.subject.case.finance
    tax = _("after tax") if float(finance.tax_rate[0]) > 0 else _("before tax")
    return _("All amounts in %(currency)s, nominal, %(tax)s; money that leaves stands in parentheses.") % {
        "currency": material.subject.currency,
        "tax": tax,
    }


def _discounting(material: Material) -> str:
    finance = material.subject.case.finance
    timing = {
        "end": _("the end of its month"),
        "mid": _("the middle of its month"),
        "start": _("the start of its month"),
    }[finance.timing]
    return _(
        "Each month’s cash flow is discounted at %(rate)s a year (effective, (1 + r)^(month/12)) from %(timing)s; "
        "what is paid at the decision is not discounted. Every option is counted over the same months; of what is left "
        "at the end only the resale value of hardware counts."
    ) % {"rate": words.percent(float(finance.discount_rate[0])), "timing": timing}


def _draws(material: Material) -> str:
    origin = material.origin
    if not origin.draws:
        return _("Every input stands at its central value; no futures were simulated.")
    return _(
        "%(draws)s futures were drawn from the ranges (seed %(seed)s); one future drives every option alike. P10 is "
        "the bad end: one future in ten is worse. Break-even values are searched over each input’s range with all "
        "others at their central values, and computed again from the plan before they are printed."
    ) % {"draws": f"{origin.draws:,}", "seed": origin.seed}


def _facts(material: Material) -> list[Block]:
    origin = material.origin
    found = [
        (_("Run"), origin.run),
        (_("Run id"), origin.run_id),
        (_("Hash of the inputs"), origin.input_hash),
        (_("Revision of the plan"), "" if origin.revision is None else str(origin.revision)),
        (_("Prices of"), format_date(origin.as_of)),
        (_("Computed"), f"{format_date(origin.ended.date())}, {origin.ended:%H:%M} UTC"),
        (_("Version of the engine"), origin.engine_version),
    ]
    return [{"label": label, "value": value} for label, value in found if value]
