from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.ids import uuid7


class NumberFormat(models.TextChoices):
    """How numbers are written on pages and in reports; data files always use a point."""

    POINT = "point", "(1,234.5)"
    COMMA = "comma", "(1.234,5)"
    SPACE = "space", "(1 234,5)"


class Organisation(models.Model):
    """A company or team: the wall around plans, prices and people, and the defaults of its new plans."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=120)
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="USD",
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Use the three letters of the ISO code, for example EUR."))],
    )
    fiscal_year_start = models.PositiveSmallIntegerField(
        _("fiscal year starts in month"), default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    discount_rate = models.FloatField(
        _("discount rate per year"), default=0.10, validators=[MinValueValidator(-0.5), MaxValueValidator(1.0)]
    )
    tax_rate = models.FloatField(
        _("tax rate"), default=0.0, validators=[MinValueValidator(0.0), MaxValueValidator(0.9)]
    )
    number_format = models.CharField(_("number format"), max_length=5, choices=NumberFormat, default=NumberFormat.POINT)
    language = models.CharField(_("language"), max_length=10, default="en", choices=settings.LANGUAGES)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    country = models.CharField(_("country for salaries"), max_length=2, blank=True)
    require_mfa = models.BooleanField(_("every member needs a second factor"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    deletion_due_at = models.DateTimeField(_("is deleted on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(fiscal_year_start__gte=1, fiscal_year_start__lte=12),
                name="accounts_organisation_fiscal_year_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name
