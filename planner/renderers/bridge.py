"""Why the answer moved, as a page shows it: one line a change with its share, adding up to the whole difference."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from planner.analysis.bridge import Bridge
from planner.plan.differences import Difference, differences
from planner.plan.document import Plan
from planner.plan.document_changes import Change
from planner.renderers.differences import difference_view
from planner.renderers.formats import Written, format_money, money_scale


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """What changed, in words, and what it did."""

    label: str
    detail: str
    amount: Written


@dataclass(frozen=True, slots=True)
class BridgeView:
    """The lead before, every share, and the lead after, all in one unit."""

    title: str
    unit: str
    before: Written
    after: Written
    difference: Written
    lines: tuple[BridgeLine, ...]
    idle: tuple[str, ...]
    explanation: str


def bridge_view(found: Bridge, before: Plan, after: Plan) -> BridgeView:
    """The bridge in words; ``before`` and ``after`` are the plans it stands between."""
    currency = after.finance.currency
    amounts = [found.before, found.after, found.engine, found.together, *(share.amount for share in found.shares)]
    scale = money_scale(amounts, currency)
    known = differences(before, after)
    lines = [
        BridgeLine(*_words(share.changes, known, currency), format_money(share.amount, scale)) for share in found.shares
    ]
    for amount, label in ((found.engine, _("Another version of the program")), (found.together, _("Rounding"))):
        if format_money(amount, scale).text.strip("(0.)–"):
            lines.append(BridgeLine(label, "", format_money(amount, scale)))
    names = {option.id: option.name or option.id for option in after.options}
    return BridgeView(
        title=_title(found, names),
        unit=scale.label,
        before=format_money(found.before, scale),
        after=format_money(found.after, scale),
        difference=format_money(found.difference, scale),
        lines=tuple(lines),
        idle=tuple(_words((change,), known, currency)[0] for change in found.without_effect),
        explanation=found.explanation,
    )


def _title(found: Bridge, names: dict[str, str]) -> str:
    option = names.get(found.option, found.option)
    if found.against is None:
        return _("Net present value of “%(option)s”") % {"option": option}
    return _("How far “%(option)s” is ahead of “%(other)s”") % {
        "option": option,
        "other": names.get(found.against, found.against),
    }


def _words(changes: tuple[Change, ...], known: list[Difference], currency: str) -> tuple[str, str]:
    """The places that changed, and from what to what where it is one value."""
    labels: list[str] = []
    detail = ""
    for change in changes:
        about = [each for each in known if _is_about(each.path, change.path)]
        labels += [each.place for each in about] or [change.path]
        if len(changes) == 1 and len(about) == 1:
            view = difference_view(about[0], currency)
            detail = f"{view.old} → {view.new}" if view.old and view.new else view.new or view.old
    return " + ".join(dict.fromkeys(labels)), detail


def _is_about(path: str, change: str) -> bool:
    return path == change or change.startswith(f"{path}.") or path.startswith(f"{change}.")
