"""The page's view of a report adds nothing and loses nothing."""

from planner.renderers.csv_table import table_csv
from planner.renderers.page import page_view, table_view
from planner.report.types import Cell, Column, Row, Table
from tests.renderers.sample_report import sample_report


def test_it_writes_every_amount_of_a_table_in_one_scale() -> None:
    table = page_view(sample_report()).tables["options"]
    assert [row.cells[0].written.text for row in table.rows] == ["(2.26)", "(2.41)", "(2.53)"]
    assert table.heads[0].full == "NPV, $\u00a0m"


def test_it_shows_the_reason_instead_of_a_number() -> None:
    host = page_view(sample_report()).tables["options"].rows[2]
    assert host.cells[3].written.text == ""
    assert host.cells[3].reason == "Not within 24 months."


def test_it_gives_each_row_the_face_of_its_option() -> None:
    rows = page_view(sample_report()).tables["options"].rows
    assert [row.face.letter for row in rows if row.face] == ["A", "O", "H"]
    assert [row.css for row in rows] == ["option-api", "option-open", "option-host"]


def test_it_keeps_headline_lead_and_notes_apart() -> None:
    page = page_view(sample_report())
    assert page.headline is not None
    assert page.headline.text == "Keep buying, for now."
    assert len(page.lead) == 1
    assert [note.id for note in page.notes] == ["stale"]


def test_it_writes_csv_with_plain_numbers_and_reasons() -> None:
    lines = table_csv(sample_report().table("options")).splitlines()
    assert lines[0] == "row,row_label,option,column,column_label,value,unit,reason"
    assert lines[1] == "frontier-api,Keep paying the API,frontier-api,npv,NPV,-2260000.0,money,"
    assert lines[4].endswith(",,month,Not within 24 months.")


def test_it_does_not_let_a_name_become_a_formula() -> None:
    from dataclasses import replace

    table = sample_report().table("options")
    table = replace(table, rows=(replace(table.rows[0], label='=HYPERLINK("http://x")'),))
    assert ",\"'=HYPERLINK" in table_csv(table)


def test_it_writes_a_figure_of_another_unit_with_its_own_and_unscaled() -> None:
    columns = (Column("now", "Now", "text"), Column("amount", "Amount", "money"))
    pay = Cell("t.pay.now", 190_000.0, "money_per_year")
    table = Table("t", "Inputs", columns, (Row("pay", "Yearly pay", (pay, Cell("t.pay.amount", 2.5e6, "money"))),))
    now, amount = table_view(table, sample_report()).rows[0].cells
    assert now.written.text == "$190,000 a year"
    assert amount.written.text == "2.50"
