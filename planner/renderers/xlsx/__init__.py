"""The workbook with live formulas: the one permitted second statement of the model (`docs/workbook.md`).

Sheets mirror the engine's modules. A formula and its value are made together (`formula`), rows are placed on one common
grid (`grid`), and every row the engine knows is reconciled with it while it is written.
"""

from planner.renderers.xlsx.cover import About, Change
from planner.renderers.xlsx.scenario_sheet import Scenario
from planner.renderers.xlsx.workbook import Workbook, WorkbookTooLarge, render_workbook

__all__ = ["About", "Change", "Scenario", "Workbook", "WorkbookTooLarge", "render_workbook"]
