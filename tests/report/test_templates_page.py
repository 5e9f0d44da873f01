"""The page of templates is the one their answers make."""

from tests.report.templates_page import PAGE, page


def test_the_committed_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m tests.report.templates_page`"
