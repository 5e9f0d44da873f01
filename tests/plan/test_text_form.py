"""A plan goes out as JSON or YAML and comes back the same; nothing else is read."""

import pytest

from planner.plan.document import parse_plan, plan_digest
from planner.plan.errors import PlanInvalid
from planner.plan.examples import ORDER, template
from planner.plan.text_form import LARGEST, FileFormat, plan_text, read_plan_text

BAD = {
    "nothing": b"",
    "a list": b"- 1\n- 2\n",
    "a word": b"plan",
    "a key twice": b"name: a\nname: b\n",
    "an anchor": b"a: &x [1]\nb: *x\n",
    "a bomb": b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n",
    "a python object": b"a: !!python/object/apply:os.system ['true']\n",
    "half a character": b"name: \xff\xfe\n",
    "broken YAML": b"a: [1, 2\nb: }\n",
    "two documents": b"a: 1\n---\nb: 2\n",
    "a number as key": b"1: 2\n",
}


@pytest.mark.parametrize("form", ["json", "yaml"])
@pytest.mark.parametrize("template_id", ORDER)
def test_it_comes_back_as_it_went(template_id: str, form: FileFormat) -> None:
    plan = parse_plan(template(template_id).json)
    assert plan_digest(read_plan_text(plan_text(plan, form).encode())) == plan_digest(plan)


def test_it_reads_yaml_as_json_is_read() -> None:
    text = plan_text(parse_plan(template("support-chat").json), "yaml")
    plan = read_plan_text(
        text.replace("start: 2027-01", "start: 2027-02").replace("rate: 0.1\n", "rate: 1e-1\n").encode()
    )
    assert plan.finance.start == "2027-02"
    assert plan.finance.discount_rate == 0.1


@pytest.mark.parametrize("what", BAD)
def test_it_refuses_what_is_no_plan(what: str) -> None:
    with pytest.raises(PlanInvalid):
        read_plan_text(BAD[what])


def test_it_refuses_a_file_that_is_too_large() -> None:
    with pytest.raises(PlanInvalid, match="at most"):
        read_plan_text(b" " * (LARGEST + 1))


def test_it_keeps_notes_and_what_is_switched_off() -> None:
    document = template("support-chat").document
    document["notes"] = {"finance.inflation": "yes: from the bank, 2026-11-22"}
    document["switched_off"] = [{"list": "options", "at": 1, "content": {"id": "x"}}]
    plan = parse_plan(document)
    assert plan_digest(read_plan_text(plan_text(plan, "yaml").encode())) == plan_digest(plan)
