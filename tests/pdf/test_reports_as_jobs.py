"""A report from the wish to the stored PDF, and everything that can come between."""

from __future__ import annotations

import io

import pypdf
import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django_scopes import scope

from accounts.models import AuditEntry, Organisation, User
from planner.models import Plan, ReportFile, ReportKind, Run, RunError, RunState
from planner.operations.plan_edit import plan_create, revision_save
from planner.operations.report_claim import REPORTS, report_claim, report_hints_again, report_release
from planner.operations.report_execute import Made, Progress, ReportFailed, report_execute
from planner.operations.report_request import (
    ReportRefused,
    ReportWish,
    report_cancel,
    report_delete,
    report_request,
)
from planner.operations.run_claim import run_claim, run_finish
from planner.operations.run_execute import run_execute
from planner.operations.run_start import run_start
from planner.operations.run_sweep import sweep
from planner.renderers.pdf.stored import make
from tests.pdf.papers import plan_of, squeezed

URL = "https://danegeld.example.com/plans/1"


def quick(_report: ReportFile, _told: Progress) -> Made:
    return Made(b"%PDF-1.7", ("ua-1",), b"PNG")


def started(organisation: Organisation, owner: User) -> Run:
    plan = plan_create(organisation=organisation, document=plan_of("nightly-batch"), created_by=owner)
    return run_start(plan=plan).run


def stored(run: Run) -> Run:
    return Run.objects.select_related("plan__organisation", "revision").get(id=run.id)


@pytest.fixture
def run(organisation: Organisation, owner: User) -> Run:
    """A finished run whose result nobody reads."""
    with scope(organisation=organisation):
        begun = started(organisation, owner)
        claim = run_claim(run_id=begun.id)
        assert claim is not None
        assert run_finish(run_id=begun.id, token=claim.token, document=b"{}", result_hash="0" * 64)
        return stored(begun)


@pytest.fixture
def computed(organisation: Organisation, owner: User, settings: object) -> Run:
    """A run with its real result."""
    settings.RUN_DRAWS = 256  # type: ignore[attr-defined]  # pytest-django's settings take any name
    with scope(organisation=organisation):
        begun = started(organisation, owner)
        assert run_execute(run_id=begun.id)
        return stored(begun)


@pytest.fixture
def asked(run: Run, owner: User, organisation: Organisation) -> ReportFile:
    with scope(organisation=organisation):
        return report_request(run=run, wish=ReportWish(live_url=URL), requested_by=owner)


def now(report: ReportFile) -> ReportFile:
    with scope(organisation=report.organisation):
        return ReportFile.objects.get(id=report.id)


def test_the_same_run_gives_the_same_report(computed: Run, organisation: Organisation) -> None:
    with scope(organisation=organisation):
        one, two = (report_request(run=computed, wish=ReportWish(live_url=URL)) for _ in range(2))
    assert report_execute(report_id=one.id, make=make)
    assert report_execute(report_id=two.id, make=make)
    done = now(one)
    assert (done.state, done.progress, done.standards) == (RunState.SUCCEEDED, 1000, "a-2a, ua-1")
    assert done.document_hash == now(two).document_hash
    text = squeezed(pypdf.PdfReader(io.BytesIO(bytes(done.document or b""))).pages[0].extract_text())
    assert f"inputs {computed.input_hash[:12]}" in text
    assert bytes(done.preview or b"").startswith(b"\x89PNG")


def test_it_makes_every_kind_and_says_what_changed(computed: Run, organisation: Organisation) -> None:
    document = plan_of("nightly-batch")
    document["finance"]["horizon_months"] = 24
    with scope(organisation=organisation):
        first = report_request(run=computed, wish=ReportWish(live_url=URL))
        assert report_execute(report_id=first.id, make=quick)
        revision_save(plan=Plan.objects.get(id=computed.plan_id), document=document, based_on=1)
        later = run_start(plan=Plan.objects.get(id=computed.plan_id)).run
        assert run_execute(run_id=later.id)
        reports = [report_request(run=stored(later), wish=ReportWish(kind=kind, live_url=URL)) for kind in ReportKind]
    for report in reports:
        assert report_execute(report_id=report.id, make=make)
    pages = pypdf.PdfReader(io.BytesIO(bytes(now(reports[0]).document or b""))).pages
    text = squeezed(pages[-1].extract_text())
    assert "Changes since the last report" in text
    assert "Horizon 36 24" in text


def test_only_one_worker_makes_it(asked: ReportFile) -> None:
    assert report_claim(report_id=asked.id) is not None
    assert report_claim(report_id=asked.id) is None
    assert not report_execute(report_id=asked.id, make=quick)


def test_a_cancelled_report_is_not_made(asked: ReportFile, organisation: Organisation) -> None:
    with scope(organisation=organisation):
        assert report_cancel(report=asked).state == RunState.CANCELLED
    assert not report_execute(report_id=asked.id, make=quick)


def test_a_report_that_is_cancelled_meanwhile_stores_nothing(asked: ReportFile, organisation: Organisation) -> None:
    def cancelled_meanwhile(report: ReportFile, told: Progress) -> Made:
        report_cancel(report=report)
        told(0.5)
        raise AssertionError("Nobody waits for this any more.")

    assert not report_execute(report_id=asked.id, make=cancelled_meanwhile)
    assert now(asked).state == RunState.CANCELLED


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ReportFailed("The chart “tornado” could not be drawn: nothing"), "The chart “tornado” could not be drawn"),
        (RuntimeError("secret detail"), "An error in the program"),
    ],
)
def test_what_goes_wrong_is_said(asked: ReportFile, error: Exception, message: str) -> None:
    def failing(_report: ReportFile, _told: Progress) -> Made:
        raise error

    assert not report_execute(report_id=asked.id, make=failing)
    done = now(asked)
    assert (done.state, done.error_code) == (RunState.FAILED, RunError.INTERNAL)
    assert done.error_message.startswith(message)
    assert "secret" not in done.error_message


def test_the_sweeper_brings_back_the_report_of_a_dead_worker(
    asked: ReportFile, settings: object, organisation: Organisation
) -> None:
    settings.RUN_BACKOFF_SECONDS = (0, 0, 0)  # type: ignore[attr-defined]  # pytest-django's settings take any name
    claim = report_claim(report_id=asked.id)
    assert claim is not None
    with scope(organisation=organisation):
        ReportFile.objects.filter(id=asked.id).update(lease_until=asked.created_at)
    sweep()
    assert now(asked).state == RunState.QUEUED
    assert not REPORTS.finish(asked.id, claim.token, document=b"late")


def test_a_worker_that_stops_puts_it_back(asked: ReportFile) -> None:
    assert report_claim(report_id=asked.id, worker="me") is not None
    assert report_release(worker="me") == 1
    assert (now(asked).state, now(asked).attempts) == (RunState.QUEUED, 0)


def test_a_lost_announcement_is_repeated(asked: ReportFile, organisation: Organisation) -> None:
    assert report_hints_again() == 0
    with scope(organisation=organisation):
        ReportFile.objects.filter(id=asked.id).update(hinted_at=None)
    report_hints_again()
    assert now(asked).hinted_at is not None


def test_it_mails_a_link_and_no_file(run: Run, owner: User, organisation: Organisation) -> None:
    with scope(organisation=organisation):
        report = report_request(run=run, wish=ReportWish(mails_when_ready=True, live_url=URL), requested_by=owner)
    assert report_execute(report_id=report.id, make=quick)
    [message] = mail.outbox
    assert message.to == [owner.email]
    assert f"{URL}/report" in str(message.body)
    assert message.attachments == []


def test_a_final_report_needs_the_latest_revision_and_is_kept(
    run: Run, owner: User, organisation: Organisation
) -> None:
    with scope(organisation=organisation):
        final = report_request(run=run, wish=ReportWish(is_final=True), requested_by=owner)
        assert report_execute(report_id=final.id, make=quick)
        with pytest.raises(ReportRefused, match="kept as long as its plan"):
            report_delete(report=now(final))
        document = plan_of("nightly-batch")
        document["finance"]["horizon_months"] = 24
        revision_save(plan=run.plan, document=document, based_on=1)
        run.refresh_from_db()
        with pytest.raises(ReportRefused, match="inputs changed since run 1"):
            report_request(run=run, wish=ReportWish(is_final=True))


def test_ten_reports_wait_and_no_more(run: Run, organisation: Organisation) -> None:
    with scope(organisation=organisation):
        for _ in range(10):
            report_request(run=run, wish=ReportWish())
        with pytest.raises(ReportRefused, match="Ten reports"):
            report_request(run=run, wish=ReportWish())


def test_asking_cancelling_and_deleting_are_in_the_log(asked: ReportFile, organisation: Organisation) -> None:
    with scope(organisation=organisation):
        report_cancel(report=asked)
        report_delete(report=now(asked))
        actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"report_requested", "report_cancelled", "report_deleted"} <= actions


def test_the_database_refuses_rows_that_cannot_be(asked: ReportFile, organisation: Organisation) -> None:
    wrong: list[dict[str, object]] = [
        {"state": "succeeded"},
        {"state": "running"},
        {"document": b"%PDF"},
        {"state": "unheard of"},
    ]
    for change in wrong:
        with scope(organisation=organisation), pytest.raises(IntegrityError), transaction.atomic():
            ReportFile.objects.filter(id=asked.id).update(**change)
