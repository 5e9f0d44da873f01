"""Prices of models behind an API, and prices seen on a date in the past."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pricing.models.rows import CatalogueRow

PRICE_DIGITS = 20
PRICE_PLACES = 10


class ApiPrice(CatalogueRow):
    """What a provider lists for a model from `effective_from` on (null: its source doesn't say since when).

    Money is USD per million tokens. Context tiers, time windows and batch prices are in `row`.
    """

    model_id = models.CharField(_("id"), max_length=200)
    provider = models.CharField(_("provider"), max_length=80)
    model = models.CharField(_("model"), max_length=160)
    name = models.CharField(_("name"), max_length=200)
    open_weights = models.BooleanField(_("open weights"), null=True, blank=True)
    input_price = models.DecimalField(_("input price"), max_digits=PRICE_DIGITS, decimal_places=PRICE_PLACES)
    cached_input_price = models.DecimalField(
        _("cached input price"), null=True, blank=True, max_digits=PRICE_DIGITS, decimal_places=PRICE_PLACES
    )
    output_price = models.DecimalField(_("output price"), max_digits=PRICE_DIGITS, decimal_places=PRICE_PLACES)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("API price")
        verbose_name_plural = _("API prices")
        indexes = [models.Index(fields=["model_id", "effective_from"]), models.Index(fields=["provider"])]
        constraints = [
            *CatalogueRow.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(input_price__gte=0, output_price__gte=0), name="apiprice_not_negative"
            ),
        ]


class ObservedPrice(CatalogueRow):
    """A price seen in some source on a date: what history is drawn from. `effective_from` is the date it was seen."""

    model_id = models.CharField(_("id"), max_length=200)
    input_price = models.DecimalField(_("input price"), max_digits=PRICE_DIGITS, decimal_places=PRICE_PLACES)
    output_price = models.DecimalField(_("output price"), max_digits=PRICE_DIGITS, decimal_places=PRICE_PLACES)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("observed price")
        verbose_name_plural = _("observed prices")
        indexes = [models.Index(fields=["model_id", "effective_from"])]
        constraints = [
            *CatalogueRow.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(input_price__gte=0, output_price__gte=0), name="observedprice_not_negative"
            ),
        ]
