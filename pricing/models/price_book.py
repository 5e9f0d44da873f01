"""What an organisation really pays: its own prices win over the catalogue and say so."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from config.ids import uuid7
from pricing.models.api_price import PRICE_DIGITS, PRICE_PLACES

NOT_NEGATIVE = [MinValueValidator(0)]


class PriceBookEntry(models.Model):
    """One organisation's price of one model from a date to a date, USD per million tokens.

    `model_id` is a catalogue id or a name of the organisation's own. A blank cached or written price means the input
    price, as everywhere. Entries are added and ended, not edited, so that an earlier run stays explainable.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    model_id = models.CharField(
        _("model"),
        max_length=200,
        validators=[
            RegexValidator(
                r"\A[a-z0-9~@:._-]+(/[a-z0-9~@:._-]+)*\Z",
                _("Use lower-case letters, digits, points and hyphens, with a slash after the provider."),
            )
        ],
    )
    input_price = models.DecimalField(
        _("input price"), validators=NOT_NEGATIVE, max_digits=PRICE_DIGITS, decimal_places=PRICE_PLACES
    )
    cached_input_price = models.DecimalField(
        _("cached input price"),
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
        max_digits=PRICE_DIGITS,
        decimal_places=PRICE_PLACES,
    )
    cache_write_price = models.DecimalField(
        _("cache write price"),
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
        max_digits=PRICE_DIGITS,
        decimal_places=PRICE_PLACES,
    )
    output_price = models.DecimalField(
        _("output price"), validators=NOT_NEGATIVE, max_digits=PRICE_DIGITS, decimal_places=PRICE_PLACES
    )
    batch_discount = models.DecimalField(_("batch discount"), null=True, blank=True, max_digits=6, decimal_places=5)
    discount_ladder = models.JSONField(
        _("discount by monthly spend"),
        default=list,
        blank=True,
        help_text=_("Pairs of monthly spend in USD and the fraction off the part of the spend above it."),
    )
    monthly_commitment = models.DecimalField(
        _("monthly commitment"), null=True, blank=True, validators=NOT_NEGATIVE, max_digits=14, decimal_places=2
    )
    commitment_end = models.DateField(_("commitment ends"), null=True, blank=True)
    effective_from = models.DateField(_("in force from"))
    effective_to = models.DateField(_("in force until, not included"), null=True, blank=True)
    note = models.CharField(_("contract or note"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ScopedManager(organisation="organisation")

    class Meta:
        verbose_name = _("price book entry")
        verbose_name_plural = _("price book entries")
        ordering = ["model_id", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "model_id", "effective_from"], name="pricebookentry_one_price_per_day"
            ),
            models.CheckConstraint(
                condition=models.Q(input_price__gte=0, output_price__gte=0), name="pricebookentry_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(batch_discount__isnull=True) | models.Q(batch_discount__range=(0, 1)),
                name="pricebookentry_batch_discount",
            ),
            models.CheckConstraint(
                condition=models.Q(effective_to__isnull=True) | models.Q(effective_to__gt=models.F("effective_from")),
                name="pricebookentry_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model_id} from {self.effective_from}"
