"""CSV: one row for each turn, as spreadsheets read it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from itertools import islice

from workbench.release.base import Material
from workbench.release.options import Options
from workbench.release.registry import FunctionExporter
from workbench.release.sheet import FORMULA_GUARD, LOSES, TurnTable
from workbench.release.staging import Staging

FILE = "turns.csv"
_BATCH = 1_000


def write(material: Material, out: Staging, options: Options) -> Iterable[str]:
    """UTF-8 with a byte order mark (without it Excel misreads accents and Chinese), comma, CRLF."""
    table = TurnTable(material, guard=FORMULA_GUARD.chosen(options))
    rows = table.rows()
    with out.open(FILE) as file:
        file.write(b"\xef\xbb\xbf")
        while batch := list(islice(rows, _BATCH)):
            text = io.StringIO(newline="")
            csv.writer(text).writerows(batch)
            file.write(text.getvalue().encode())
            file.records += len(batch)
        file.records -= 1  # the names of the columns
    return [table.note()]


CSV = FunctionExporter(
    "csv",
    "CSV (one row per turn)",
    "A table for spreadsheets and statistics, with the answers to each scheme as columns.",
    write,
    loses=LOSES,
    options=(FORMULA_GUARD,),
)
