"""People, sites and default rates."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pricing.models.rows import CatalogueRow


class Salary(CatalogueRow):
    """Pay or hiring facts of a role."""

    class Meta(CatalogueRow.Meta):
        verbose_name = _("salary")
        verbose_name_plural = _("salaries")


class SiteCost(CatalogueRow):
    """Power, PUE, colocation and the like."""

    class Meta(CatalogueRow.Meta):
        verbose_name = _("site cost")
        verbose_name_plural = _("site costs")


class RateDefault(CatalogueRow):
    """A default of the plan with its range."""

    class Meta(CatalogueRow.Meta):
        verbose_name = _("default rate")
        verbose_name_plural = _("default rates")
