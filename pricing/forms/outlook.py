"""Every parameter of the market outlook, in the address of the page, so that a view can be shared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pricing.catalogue.scenarios import MarketScenario

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def number(
    label: _StrPromise | str, unit: _StrPromise | str, low: float, high: float, initial: float | None = None
) -> forms.FloatField:
    field = forms.FloatField(label=label, min_value=low, max_value=high, initial=initial, required=False)
    field.unit = unit  # type: ignore[attr-defined]  # read by components/field.html
    field.widget.attrs["step"] = "any"
    return field


class OutlookForm(forms.Form):
    """An empty field means the scenario's value, or the default."""

    months = forms.IntegerField(label=_("Months ahead"), min_value=6, max_value=120, initial=36, required=False)
    frontier_decline = number(_("Newest frontier model, decline"), _("a year"), -20, 0.99)
    capability_floor = number(_("Fixed capability: cost over price"), _("of today’s price"), 0.0001, 3)
    capability_floor_decline = number(_("Fixed capability: cost falls"), _("a year"), -0.9, 0.99)
    capability_half_life = number(_("Fixed capability: markup halves every"), _("months"), 0.1, 120)
    open_floor_decline = number(_("Hosted open weights: cost falls"), _("a year"), -0.9, 0.99)
    open_half_life = number(_("Hosted open weights: markup halves every"), _("months"), 0.1, 120)
    competition_month = forms.IntegerField(
        label=_("First real competitor in month"), min_value=1, max_value=120, required=False
    )
    purchase_price = number(_("Accelerator"), "USD", 1, 1e6)
    server_uplift = number(_("Server around it"), _("of its price"), 0, 3, 0.25)
    useful_life_months = number(_("Useful life"), _("months"), 6, 120, 60)
    required_return = number(_("Return the seller requires"), _("a year"), 0, 1, 0.15)
    utilisation = number(_("Utilisation"), _("of measured speed"), 0.01, 1, 0.5)
    power_tariff = number(_("Electricity"), "USD/kWh", 0, 2, 0.093)
    pue = number("PUE", _("ratio"), 1, 3, 1.3)
    colo_per_kw_month = number(_("Colocation"), _("USD per kW-month"), 0, 2000, 217)
    frontier_coverage = number(_("Tasks the frontier serves"), _("share"), 0.01, 1, 0.95)
    open_coverage = number(_("Tasks open weights serve today"), _("share"), 0, 1, 0.75)
    coverage_half_life = number(_("Open weights take over half the rest every"), _("months"), 0.1, 240, 9)
    needed_coverage = number(_("Share of tasks that would make you move"), _("share"), 0, 1, 0.9)

    def values(self, scenario: MarketScenario, purchase_price: float) -> dict[str, Any]:
        """Every parameter: as typed, else of the scenario, else the default. Only after `is_valid`."""
        fallback = {**_scenario_values(scenario.market), "purchase_price": purchase_price}
        typed = self.cleaned_data
        return {
            name: typed[name] if typed.get(name) is not None else fallback.get(name, field.initial)
            for name, field in self.fields.items()
        }


def _scenario_values(market: Mapping[str, Any]) -> dict[str, float]:
    capability, hosted = market["capability_api"], market["open_api"]
    return {
        "frontier_decline": market["frontier_api"]["annual_rate"],
        "capability_floor": capability["floor"],
        "capability_floor_decline": capability["floor_decline"],
        "capability_half_life": capability["half_life"],
        "open_floor_decline": hosted["floor_decline"],
        "open_half_life": hosted["half_life"],
        "competition_month": hosted["competition_month"],
    }
