"""Plans and their revisions: create, save, rename, delete."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from accounts.models import AuditAction, Organisation, User
from accounts.operations.audit import audit_record
from planner.models import Plan, Revision
from planner.plan.document import Plan as PlanDocument
from planner.plan.document import canonical_json, parse_plan, plan_digest, plan_document

Document = bytes | str | Mapping[str, object]


class RevisionIsOld(Exception):
    """The change was made on a revision that is no longer the latest; `latest` is the number that is."""

    def __init__(self, based_on: int, latest: int) -> None:
        super().__init__(
            f"This change was made on revision {based_on}, but the plan is at revision {latest} by now. "
            "Load the latest revision, make the change there and save again."
        )
        self.based_on = based_on
        self.latest = latest


@transaction.atomic
def plan_create(*, organisation: Organisation, document: Document, created_by: User | None = None) -> Plan:
    """Store a new plan with its first revision. Raises `PlanInvalid` when the document is not a valid plan."""
    content = parse_plan(document)
    plan = Plan.objects.create(
        organisation=organisation, name=content.name, created_by=created_by, latest_revision_number=1
    )
    revision = _revision_insert(plan=plan, content=content, number=1, saved_by=created_by)
    _audit(plan, created_by, AuditAction.PLAN_CREATED, after=revision)
    return plan


@transaction.atomic
def revision_save(*, plan: Plan, document: Document, based_on: int, saved_by: User | None = None) -> Revision:
    """Store the document as the plan's next revision and return it.

    `based_on` is the number of the revision the author was looking at. Raises `RevisionIsOld` when it is not the
    latest, so that nobody overwrites a colleague unseen, and `PlanInvalid` when the document is not a valid plan.
    Saving what is already there returns the latest revision and stores nothing.
    """
    content = parse_plan(document)
    latest = plan.revisions.filter(number=based_on).first()
    if latest is not None and latest.digest == plan_digest(content) and _is_latest(plan, based_on):
        return latest
    moved = Plan.objects.filter(id=plan.id, latest_revision_number=based_on).update(
        latest_revision_number=F("latest_revision_number") + 1, name=content.name, updated_at=Now()
    )
    plan.refresh_from_db()
    if not moved:
        raise RevisionIsOld(based_on=based_on, latest=plan.latest_revision_number)
    revision = _revision_insert(plan=plan, content=content, number=plan.latest_revision_number, saved_by=saved_by)
    _audit(plan, saved_by, AuditAction.PLAN_CHANGED, before=latest, after=revision)
    return revision


def plan_rename(*, plan: Plan, name: str, renamed_by: User | None = None) -> Revision:
    """Save the latest revision under another name. Raises `PlanInvalid` when the name is not allowed."""
    latest = plan.revisions.get(number=plan.latest_revision_number)
    renamed = {**plan_document(parse_plan(latest.document)), "name": name}
    return revision_save(plan=plan, document=renamed, based_on=latest.number, saved_by=renamed_by)


@transaction.atomic
def plan_delete(*, plan: Plan, based_on: int | None = None, deleted_by: User | None = None) -> None:
    """Delete the plan with all its revisions, runs and results; a worker that is computing one of them just stops.

    With `based_on`, raises `RevisionIsOld` when somebody has saved a later revision meanwhile.
    """
    if based_on is not None and not _is_latest(plan, based_on, lock=True):
        raise RevisionIsOld(based_on=based_on, latest=Plan.objects.get(id=plan.id).latest_revision_number)
    _audit(plan, deleted_by, AuditAction.PLAN_DELETED)
    plan.delete()


def _is_latest(plan: Plan, number: int, *, lock: bool = False) -> bool:
    rows = Plan.objects.filter(id=plan.id, latest_revision_number=number)
    return (rows.select_for_update() if lock else rows).exists()


def _audit(
    plan: Plan,
    actor: User | None,
    action: AuditAction,
    *,
    before: Revision | None = None,
    after: Revision | None = None,
) -> None:
    """Log the change by name and digest: the documents hold salaries and stay out of the log."""
    audit_record(
        organisation=plan.organisation,
        actor=actor,
        action=action,
        subject=f"{plan.name} ({plan.id})",
        before={"revision": before.number, "digest": before.digest} if before else None,
        after={"revision": after.number, "digest": after.digest} if after else None,
    )


def _revision_insert(*, plan: Plan, content: PlanDocument, number: int, saved_by: User | None) -> Revision:
    return Revision.objects.create(
        organisation_id=plan.organisation_id,
        plan=plan,
        number=number,
        document=canonical_json(content).decode(),
        digest=plan_digest(content),
        created_by=saved_by,
    )
