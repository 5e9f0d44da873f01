"""The plans that the product offers as templates, priced from the packaged catalogue: engine against oracle."""

from datetime import date

import pytest

from planner.assembly import assemble, resolve, snapshot_document
from planner.engine.evaluate import evaluate
from planner.plan.document import parse_plan
from planner.plan.examples import ORDER, template
from pricing.catalogue.catalogue import Catalogue
from tests.oracle.comparison import differences
from tests.oracle.plan import evaluate_plan

AS_OF = date(2026, 11, 22)


@pytest.mark.parametrize("name", ORDER)
def test_it_agrees_on_the_examples(name: str) -> None:
    snapshot = resolve(parse_plan(template(name).document), Catalogue.load(AS_OF))
    document = snapshot_document(snapshot)
    expected = evaluate_plan(document)
    today = expected[document["baseline"]]
    for option in evaluate(assemble(snapshot)).options:
        assert not list(differences(option, expected[option.id], today, document["finance"]))
