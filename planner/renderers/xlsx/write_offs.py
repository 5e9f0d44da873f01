"""What lowers taxable income, and the tax it saves (`docs/model/tax.md`)."""

from __future__ import annotations

import numpy as np

from planner.engine import tax
from planner.engine.case import Depreciation
from planner.engine.tax import MACRS_5_SHARES
from planner.renderers.xlsx.formula import Formula, added, either, formula, largest, smallest, whole_part
from planner.renderers.xlsx.grid import span, span_until_now
from planner.renderers.xlsx.routing import OptionSheet


class Schedule:
    """How a kind of capital is written off: its name, and for straight line the months as a constant."""

    def __init__(self, sheet: OptionSheet, depreciation: Depreciation, where: str, life: Formula | None = None) -> None:
        self.sheet, self.depreciation, self.life = sheet, depreciation, life
        self.months = formula(1)
        if depreciation.kind == "straight_line":
            path = f"{where}.years"
            if path in sheet.model.inputs:
                years = sheet.model.take(sheet.grid, path, np.array([depreciation.months / 12]))
                self.months = sheet.grid.constant("Written off over", "months", whole_part(years * 12 + 0.5), "month")
            else:
                self.months = sheet.grid.pasted(
                    "Written off over", "months", depreciation.months, "month", note="convention of the model"
                )

    def deductions(self, label: str, cost: Formula) -> Formula:
        """Deductions by month for costs dated by month of service; the rest in the last month of a life."""
        sheet, grid, month = self.sheet, self.sheet.grid, self.sheet.grid.month()
        moved = cost.value.copy()
        moved[1] += moved[0]
        moved[0] = 0.0
        first = f"${sheet.model.book.first_column}"
        row = cost.text.rpartition("\x11$")[2]
        dated = f"IF({month.equals(0).text},0,{cost.text}+IF({month.equals(1).text},{first}${row},0))"
        service = grid.line(
            f"{label}: cost by month of service", sheet.model.currency, Formula(dated, moved), "money", total=True
        )
        parts = [
            self._window(service, first_month, last_month, share)
            for first_month, last_month, share in self._stretches()
        ]
        if self.life is not None:
            parts.append(self._rest(service))
        values = tax.deductions(np.ascontiguousarray(cost.value)[:, None], self.depreciation, self._whole_life())[:, 0]
        text = "+".join(parts)
        return grid.line(f"{label}: written off", sheet.model.currency, Formula(text, values, 1), "money", total=True)

    def left(self, label: str, cost: Formula) -> Formula:
        """What is still on the books after the horizon, one number."""
        sheet, grid, month, book = self.sheet, self.sheet.grid, self.sheet.grid.month(), self.sheet.model.book
        age = formula(sheet.model.months) + 1 - largest(month, 1)
        share = largest(0, 1 - self._written_after(age))
        if self.life is not None:
            share = either(age >= self.life, 0, share)
        kept = grid.line(f"{label}: share left on the books at the horizon", "share", share, "share")
        known = tax.book_value(np.ascontiguousarray(cost.value)[:, None], self.depreciation, self._whole_life())
        text = f"SUMPRODUCT({span(cost, book)},{span(kept, book)})"
        return grid.constant(
            f"{label}: on the books at the horizon", sheet.model.currency, Formula(text, np.asarray(known[0])), "money"
        )

    def _stretches(self) -> list[tuple[Formula, Formula, Formula]]:
        """Runs of service months with one share each: after the first number, through the second."""
        if self.depreciation.kind == "macrs_5":
            return [
                (formula(12 * year), formula(12 * year + 12), formula(share) / 12)
                for year, share in enumerate(MACRS_5_SHARES)
            ]
        return [(formula(0), self.months, 1 / self.months)]

    def _window(self, service: Formula, after: Formula, through: Formula, share: Formula) -> str:
        """The share of what went into service `after` … `through` months of service ago."""
        grid, month = self.sheet.grid, self.sheet.grid.month()
        last = through if self.life is None else smallest(through, self.life)
        months, costs = grid.months(until="\x11"), span_until_now(service, self.sheet.model.book)
        youngest = f',{months},"<="&{(month - after).text}' if after.text != "0" else ""
        whole = f'SUMIFS({costs},{months},">"&{(month - last).text}{youngest})'
        return f"{whole}*({share.text})"

    def _rest(self, service: Formula) -> str:
        """Book value of cohorts in the last month of their life."""
        if self.life is None:
            raise ValueError("without a life there is no last month")
        grid, month = self.sheet.grid, self.sheet.grid.month()
        months, costs = grid.months(until="\x11"), span_until_now(service, self.sheet.model.book)
        ending = f"SUMIFS({costs},{months},{(month - self.life + 1).text})"
        return f"{ending}*({largest(0, 1 - self._written_after(self.life)).text})"

    def _written_after(self, age: Formula) -> Formula:
        """Share written off after `age` months of service, without a life's end."""
        if self.depreciation.kind == "expense":
            return smallest(age, 1)
        if self.depreciation.kind == "straight_line":
            return smallest(age, self.months) / self.months
        years = [share / 12 * smallest(largest(age - 12 * year, 0), 12) for year, share in enumerate(MACRS_5_SHARES)]
        return added([formula(each) for each in years])

    def _whole_life(self) -> int | None:
        return None if self.life is None else int(self.life.value)
