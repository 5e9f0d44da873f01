"""Accelerators, what they cost, the models that run on them, and what was measured."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pricing.models.rows import CatalogueRow


class AcceleratorSpec(CatalogueRow):
    """Memory, bandwidth, peak rates and power of one accelerator."""

    class Meta(CatalogueRow.Meta):
        verbose_name = _("accelerator")
        verbose_name_plural = _("accelerators")


class AcceleratorPurchasePrice(CatalogueRow):
    """A price paid for a bare accelerator, USD."""

    accelerator = models.CharField(_("accelerator"), max_length=40, db_index=True)
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("purchase price of an accelerator")
        verbose_name_plural = _("purchase prices of accelerators")
        constraints = [
            *CatalogueRow.Meta.constraints,
            models.CheckConstraint(condition=models.Q(price__gt=0), name="acceleratorpurchaseprice_positive"),
        ]


class AcceleratorRent(CatalogueRow):
    """A rent seen on a market, USD per accelerator-hour."""

    accelerator = models.CharField(_("accelerator"), max_length=40, db_index=True)
    low = models.DecimalField(_("low"), max_digits=10, decimal_places=4)
    high = models.DecimalField(_("high"), max_digits=10, decimal_places=4)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("rent of an accelerator")
        verbose_name_plural = _("rents of accelerators")
        constraints = [
            *CatalogueRow.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(low__gt=0, high__gte=models.F("low")), name="acceleratorrent_range"
            ),
        ]


class ModelArchitecture(CatalogueRow):
    """The shape of a model with public weights."""

    class Meta(CatalogueRow.Meta):
        verbose_name = _("model architecture")
        verbose_name_plural = _("model architectures")


class MeasuredThroughput(CatalogueRow):
    """One measured run of a model on accelerators."""

    class Meta(CatalogueRow.Meta):
        verbose_name = _("measured throughput")
        verbose_name_plural = _("measured throughput")
