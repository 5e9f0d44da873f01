"""What a report says to people outside names no input, not even in a sentence about the verdict."""

from planner.report.redaction import Hidden, redacted
from planner.report.types import Part, Report, Sentence


def test_it_keeps_back_the_sentence_that_names_an_inputs_value() -> None:
    lead = Sentence("verdict.lead", "lead", (Part("It costs $3.28 m."),))
    flip = Sentence(
        "verdict.flip", "close_call", (Part("If “Yearly pay” were "), Part("$280,000", "flip_points.x.now"))
    )
    assert redacted(Report((lead, flip)), Hidden()).items == (lead,)
