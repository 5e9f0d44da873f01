"""The negotiation note: one page for the talk with a vendor, with the price at which building stops making sense."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from planner.analysis.breakeven import BreakEven
from planner.renderers.formats import format_large
from planner.renderers.pdf.blocks import Block, face_block
from planner.renderers.pdf.board import frame
from planner.renderers.pdf.choice import number
from planner.renderers.pdf.order import Material, Order
from planner.report import words
from planner.report.break_even_words import amount
from planner.report.naming import doing
from planner.report.negotiation import Negotiation, negotiation
from planner.report.subject import npv


def negotiation_data(material: Material, order: Order) -> dict[str, Any]:
    """Everything that `templates/pdf/negotiation.typ` sets. Raises `NothingToNegotiate`."""
    found = negotiation(material.subject, material.prices)
    subject = material.subject
    title = _("%(vendor)s: negotiation note") % {"vendor": _vendor(found)}
    return frame(material, order, title) | {
        "heading": _("Negotiation note"),
        "headline": _headline(material, found),
        "lead": [_position(material, found), _pull(material, found), _building(material, found)],
        "levers_title": _("Where the vendor and the alternative cost the same"),
        "columns": [_("One price at a time"), _("Now"), _("Best alternative"), _("Change"), *_built_head(found)],
        "levers": [_lever(each, found, subject.currency) for each in found.levers],
        "bring_title": _("What we bring"),
        "bring": _volumes(material, found),
        "alternative_title": _("What we do otherwise"),
        "alternative": _alternative(material, found),
        "caution_title": _("Before the talk"),
        "cautions": _cautions(material, found),
    }


def _vendor(found: Negotiation) -> str:
    return found.model.partition("/")[0].replace("-", " ").title() or _("Vendor")


def _headline(material: Material, found: Negotiation) -> str:
    """The one sentence to take into the room."""
    lever = found.lever("output_price")
    point = None if lever is None else lever.nearest
    if lever is None or point is None:
        if found.lead >= 0:
            return _("No price of this vendor would make us leave.")
        return _("No price for output alone would make us stay.")
    facts = {"price": amount(point.value, lever.unit, material.subject.currency)}
    if found.lead >= 0:
        return _("We stay, unless output costs more than %(price)s.") % facts
    return _("We stay at %(price)s for output, or less.") % facts


def _position(material: Material, found: Negotiation) -> str:
    subject = material.subject
    vendor = subject.outcome_of(found.option)
    other = subject.outcome_of(found.alternatives[0])
    facts = {
        "months": words.count(subject.horizon_months, "month"),
        "vendor": words.money(npv(vendor), subject.currency),
        "name": subject.face(vendor).name,
        "other": words.money(npv(other), subject.currency),
        "alternative": doing(subject, other),
        "gap": words.money(found.lead, subject.currency),
    }
    if found.lead >= 0:
        return (
            _(
                "Over %(months)s “%(name)s” costs %(vendor)s in today’s money, %(gap)s less than %(alternative)s. "
                "We have no reason to leave at today’s prices, and a figure at which we would."
            )
            % facts
        )
    return (
        _(
            "Over %(months)s “%(name)s” costs %(vendor)s in today’s money, %(gap)s more than %(alternative)s. "
            "At today’s prices we go."
        )
        % facts
    )


def _pull(material: Material, found: Negotiation) -> str:
    """How the same reads as a discount on everything."""
    lever = found.lever("discount")
    point = None if lever is None else lever.nearest
    if lever is None or point is None:
        return ""
    return _("As one discount on all token prices: %(share)s.") % {
        "share": amount(point.value, lever.unit, material.subject.currency)
    }


def _building(material: Material, found: Negotiation) -> str:
    """The price at which building stops making sense, where the best alternative is not built."""
    lever = found.built_lever("output_price")
    if lever is None:
        return ""
    built = doing(material.subject, material.subject.outcome_of(found.built[0]))
    if lever.nearest is None:
        return _("No price for output alone decides between this vendor and building (%(built)s).") % {"built": built}
    price = amount(lever.nearest.value, lever.unit, material.subject.currency)
    return _("Building (%(built)s) makes no sense as long as output costs less than %(price)s.") % {
        "built": built,
        "price": price,
    }


def _built_head(found: Negotiation) -> list[str]:
    return [_("Best we could build")] if found.built_levers else []


def _lever(lever: BreakEven, found: Negotiation, currency: str) -> list[str]:
    """A row: the price, what it is now, where it ties with the best alternative, and with the best that is built."""
    now = "–" if lever.current is None else amount(lever.current, lever.unit, currency)
    row = [lever.label, now, _tie(lever, currency), _change(lever)]
    if not found.built_levers:
        return row
    built = found.built_lever(lever.path.rpartition(".")[2])
    return [*row, "–" if built is None else _tie(built, currency)]


def _tie(lever: BreakEven, currency: str) -> str:
    return _("at no price") if lever.nearest is None else amount(lever.nearest.value, lever.unit, currency)


def _change(lever: BreakEven) -> str:
    change = None if lever.nearest is None or lever.unit == "share" else lever.nearest.relative_distance
    return "–" if change is None else f"{'+' if change > 0 else '−'}{words.percent(abs(change))}"


def _volumes(material: Material, found: Negotiation) -> list[Block]:
    """Requests and tokens of the first month and of the last, and what the vendor is paid."""
    subject = material.subject
    last = subject.horizon_months
    requests = [subject.monthly(array) for array in subject.outcome.requests.values()]
    tokens = [subject.monthly(array) for array in subject.outcome.tokens.values()]
    fees = subject.monthly(subject.outcome_of(found.option).components["api_fees"])
    rows = [
        (_("Requests a month"), [format_large(float(sum(each[at] for each in requests))).text for at in (1, last)]),
        (_("Tokens a month"), [format_large(float(sum(each[at] for each in tokens))).text for at in (1, last)]),
        (_("Paid to vendors a month"), [words.money(float(fees[at]), subject.currency) for at in (1, last)]),
    ]
    return [{"label": label, "first": first, "last": later} for label, (first, later) in rows] + [
        {"label": _("In"), "first": _("month 1"), "last": _("month %(last)d") % {"last": last}}
    ]


def _alternative(material: Material, found: Negotiation) -> list[Block]:
    subject = material.subject
    return [
        {
            "face": face_block(subject.face(subject.outcome_of(option))),
            "npv": f"({words.money(npv(subject.outcome_of(option)), subject.currency)})",
            "upfront": _upfront(material, option),
            "starts": _("month %(month)d") % {"month": int(number(material, f"service.{option}.go_live_month") or 0)},
        }
        for option in found.alternatives[:3]
    ]


def _upfront(material: Material, option: str) -> str:
    paid = number(material, f"options.{option}.upfront") or 0.0
    if paid <= 0:
        return _("nothing beyond today’s")
    return _("%(amount)s upfront") % {"amount": words.money(paid, material.subject.currency)}


def _cautions(material: Material, found: Negotiation) -> list[str]:
    told = [
        _("This page names our limit. It is for our side of the table."),
        _(
            "Every figure holds each other input at its central value. A price that falls for everybody also makes the "
            "alternative cheaper where it buys from the same market."
        ),
    ]
    if material.findings is not None and not material.findings.is_certain:
        best = material.findings.options[material.findings.best]
        told.append(
            _("Over %(draws)s simulated futures “%(name)s” is the cheapest in %(share)s.")
            % {
                "draws": f"{material.findings.draws:,}",
                "name": material.subject.face(material.subject.outcome_of(best.id)).name,
                "share": words.percent(round(best.p_best, 2)),
            }
        )
    if not found.built:
        told.append(_("The plan holds nothing we would build; the alternatives are other vendors."))
    return told
