"""XLSX: one row for each turn, as a workbook."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.release.base import Material
from workbench.release.options import Options
from workbench.release.registry import FunctionExporter
from workbench.release.sheet import FORMULA_GUARD, LOSES, TurnTable
from workbench.release.staging import Staging
from workbench.release.workbook import MAX_UNITS, Workbook

FILE = "turns.xlsx"


def write(material: Material, out: Staging, options: Options) -> Iterable[str]:
    """A sheet ``turns``, and further ones where a sheet is full."""
    table = TurnTable(material, guard=FORMULA_GUARD.chosen(options))
    workbook = Workbook("turns")
    with out.open(FILE) as file:
        workbook.write(file, table.rows())
        file.records = workbook.rows
    yield table.note()
    if workbook.cut:
        yield f"texts longer than the {MAX_UNITS} characters a cell can hold, cut there: {workbook.cut}"
    if len(workbook.sheets) > 1:
        yield f"a sheet holds about a million rows: there are {len(workbook.sheets)} sheets"


XLSX = FunctionExporter(
    "xlsx",
    "Excel workbook (one row per turn)",
    "A table for spreadsheets, with the answers to each scheme as columns.",
    write,
    loses=LOSES,
    options=(FORMULA_GUARD,),
)
