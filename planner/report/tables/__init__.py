"""The answer as flat tables for spreadsheets and databases: tidy rows, columns that only ever get more.

Every figure is read out of the result document of the run or of the report that the page renders; nothing is computed
a second time. `TABLES` is the list; `planner.renderers.flat` writes a table as CSV, JSON or Parquet.
"""

from planner.report.tables.registry import TABLES, TableSpec
from planner.report.tables.shape import By, FlatColumn, FlatTable, MissingPart, TableSource, VerdictEntry

__all__ = ["TABLES", "By", "FlatColumn", "FlatTable", "MissingPart", "TableSource", "TableSpec", "VerdictEntry"]
