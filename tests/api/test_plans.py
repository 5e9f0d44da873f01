"""Storing, reading, replacing and deleting plans."""

import uuid

import pytest

from accounts.models import Organisation, User
from tests.api.callers import Caller, assert_problem, body, example


@pytest.fixture
def editor(colleague: User) -> Caller:
    """A person who may change plans."""
    return Caller.of(colleague)


def test_it_stores_a_plan_and_says_where(editor: Caller) -> None:
    answer = editor.send("POST", "plans", example(), Idempotency_Key="one")
    assert answer.status_code == 201
    plan = body(answer)
    assert answer.headers["Location"] == f"/api/v1/plans/{plan['id']}"
    assert answer.headers["ETag"] == '"revision-1"'
    assert plan["document"] == example()


def test_it_reads_what_was_stored(editor: Caller) -> None:
    plan = editor.create_plan()
    answer = editor.get(f"plans/{plan['id']}")
    assert body(answer) == plan
    assert answer.headers["ETag"] == '"revision-1"'


def test_it_shows_the_plan_to_a_viewer(editor: Caller, viewer: User) -> None:
    plan = editor.create_plan()
    assert body(Caller.of(viewer).get(f"plans/{plan['id']}")) == plan


def test_it_hides_the_plan_from_a_stranger(editor: Caller, stranger: User, other_organisation: Organisation) -> None:
    plan = editor.create_plan()
    foreign = Caller.of(stranger).get(f"plans/{plan['id']}")
    missing = Caller.of(stranger).get(f"plans/{uuid.uuid4()}")
    assert_problem(foreign, 404, "not_found")
    assert {**body(foreign), "request_id": ""} == {**body(missing), "request_id": ""}


def test_it_lets_no_viewer_store(viewer: User) -> None:
    answer = Caller.of(viewer).send("POST", "plans", example(), Idempotency_Key="one")
    assert "make you an editor" in assert_problem(answer, 403, "permission_denied")["detail"]


def test_it_asks_a_visitor_to_sign_in(db: None) -> None:
    assert_problem(Caller.of(None).get("plans"), 401, "not_authenticated")


def test_it_says_where_a_document_is_wrong(editor: Caller) -> None:
    document = example()
    document["finance"]["discount_rate"] = 3
    problem = assert_problem(editor.send("POST", "plans", document, Idempotency_Key="one"), 422, "plan_invalid")
    assert [error["pointer"] for error in problem["errors"]] == ["/finance/discount_rate"]


def test_it_replaces_the_document_as_the_next_revision(editor: Caller) -> None:
    plan = editor.create_plan()
    answer = editor.send("PUT", f"plans/{plan['id']}", example(name="Second"), If_Match='"revision-1"')
    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"revision-2"'
    assert (body(answer)["name"], body(answer)["revision"]) == ("Second", 2)


def test_it_keeps_the_revision_when_nothing_changed(editor: Caller) -> None:
    plan = editor.create_plan()
    answer = editor.send("PUT", f"plans/{plan['id']}", example(), If_Match='"revision-1"')
    assert answer.headers["ETag"] == '"revision-1"'


def test_it_overwrites_no_colleague_unseen(editor: Caller, owner: User) -> None:
    path = f"plans/{editor.create_plan()['id']}"
    assert editor.send("PUT", path, example(name="Mine"), If_Match='"revision-1"').status_code == 200
    late = Caller.of(owner).send("PUT", path, example(name="Theirs"), If_Match='"revision-1"')
    assert "at revision 2 by now" in assert_problem(late, 412, "precondition_failed")["detail"]
    assert body(editor.get(path))["name"] == "Mine"


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_it_wants_to_know_what_the_caller_saw(editor: Caller, method: str) -> None:
    path = f"plans/{editor.create_plan()['id']}"
    document = example() if method == "PUT" else None
    assert_problem(editor.send(method, path, document), 428, "precondition_required")
    assert_problem(editor.send(method, path, document, If_Match="*"), 412, "precondition_failed")


def test_it_deletes_a_plan_with_all_it_has(editor: Caller) -> None:
    path = f"plans/{editor.create_plan()['id']}"
    assert editor.send("POST", f"{path}/runs").status_code == 202
    assert editor.send("DELETE", path, If_Match='"revision-1"').status_code == 204
    assert_problem(editor.get(path), 404, "not_found")


def test_it_deletes_no_plan_that_has_changed(editor: Caller) -> None:
    path = f"plans/{editor.create_plan()['id']}"
    editor.send("PUT", path, example(name="Second"), If_Match='"revision-1"')
    assert_problem(editor.send("DELETE", path, If_Match='"revision-1"'), 412, "precondition_failed")
    assert editor.get(path).status_code == 200


def test_it_keeps_every_revision(editor: Caller) -> None:
    path = f"plans/{editor.create_plan()['id']}"
    editor.send("PUT", path, example(name="Second"), If_Match='"revision-1"')
    assert [item["number"] for item in body(editor.get(f"{path}/revisions"))["items"]] == [2, 1]
    first = body(editor.get(f"{path}/revisions/1"))
    assert first["document"] == example()
    assert_problem(editor.get(f"{path}/revisions/3"), 404, "not_found")
