from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from config.ids import uuid7
from planner.models.job import Job, RunState
from planner.models.plan import Plan
from planner.models.run import Run


class ReportKind(models.TextChoices):
    """What a report is for."""

    BOARD = "board", _("Board report")
    NEGOTIATION = "negotiation", _("Negotiation note")
    ANSWERS = "answers", _("Sheet of answers")


class ReportAudience(models.TextChoices):
    """Who reads a board report: decides which chapters it has."""

    BOARD = "board", _("Board")
    FINANCE = "finance", _("Finance")
    ENGINEERING = "engineering", _("Engineering")


class ReportPaper(models.TextChoices):
    """What it is printed on."""

    A4 = "a4", "A4"
    LETTER = "letter", "Letter"


class ReportFile(Job):
    """One PDF about one finished run: asked for, made by a worker, then kept as it is.

    The run never changes, so the same wish gives the same bytes. A final report says so on every page and can only be
    made while the run speaks for the plan's latest revision.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="reports")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(_("kind"), max_length=20, choices=ReportKind, default=ReportKind.BOARD)
    audience = models.CharField(_("for"), max_length=20, choices=ReportAudience, default=ReportAudience.BOARD)
    paper = models.CharField(_("paper"), max_length=10, choices=ReportPaper, default=ReportPaper.A4)
    language = models.CharField(_("language"), max_length=10, default="en")
    classification = models.CharField(_("classification"), max_length=60, blank=True, default="")
    is_final = models.BooleanField(_("final"), default=False)
    shows_people_costs = models.BooleanField(_("what people cost"), default=True)
    mails_when_ready = models.BooleanField(_("mail when ready"), default=False)
    logo = models.BinaryField(null=True, blank=True)
    live_url = models.CharField(max_length=300, blank=True, default="")
    document = models.BinaryField(null=True, blank=True)
    preview = models.BinaryField(null=True, blank=True)
    document_hash = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveIntegerField(default=0)
    standards = models.CharField(max_length=40, blank=True, default="")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ScopedManager(organisation="organisation")

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="report_by_lease"),
            models.Index(fields=["created_at"], condition=Q(state="queued"), name="report_queue"),
            models.Index(fields=["plan", "-created_at", "-id"], name="report_by_plan"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="report_state_known"),
            models.CheckConstraint(
                condition=(
                    Q(state="running", token__isnull=False, lease_until__isnull=False)
                    | (~Q(state="running") & Q(token__isnull=True, lease_until__isnull=True))
                ),
                name="report_leased_when_running",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="succeeded", document__isnull=False, progress=1000)
                    | (~Q(state="succeeded") & Q(document__isnull=True, progress__lt=1000))
                ),
                name="report_document_when_succeeded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.run}"
