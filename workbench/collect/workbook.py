"""XLSX, row by row, without formulas, macros or links. Runs in the child process of `child`."""

from __future__ import annotations

import datetime as dt
import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workbench.collect.base import Record
from workbench.collect.tables import header_of, row_record
from workbench.errors import CollectError

# What XML cannot hold stands in a workbook as _x0007_ (ECMA-376, ST_Xstring); _x005F_ is the underscore of such a text.
_ESCAPED = re.compile("_x(00[01][0-9A-Fa-f]|005[Ff]|[Ff]{3}[EeFf])_")


def load() -> None:
    """Import what reading needs, before the memory limit is set."""
    importlib.import_module("openpyxl")


def rows(path: Path, options: Mapping[str, Any]) -> Iterator[tuple[int, Any]]:
    """(row, object or problem) of each row below the header of a sheet: `options["sheet"]`, or the first one."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as exc:  # openpyxl raises KeyError, BadZipFile, XML errors ... for a damaged file
        raise CollectError(f"{path.name} is no readable workbook", hint="save it again as .xlsx") from exc
    sheet = _sheet(book, options.get("sheet"))
    sheet.reset_dimensions()
    cells = sheet.iter_rows(values_only=True)
    header = header_of(_without_empty_end(next((row for row in cells if any(row)), ())))
    for number, row in enumerate((row for row in cells if any(cell not in (None, "") for cell in row)), 1):
        record = row_record(number, None, header, [_plain(cell) for cell in row])
        yield number, record.value if isinstance(record, Record) else record


def _sheet(book: Any, name: str | None) -> Any:
    if name is None:
        return book.worksheets[0]
    if name not in book.sheetnames:
        raise CollectError(f"no sheet {name!r}", hint=f"there are: {', '.join(book.sheetnames)}")
    return book[name]


def _without_empty_end(cells: tuple[Any, ...]) -> list[Any]:
    header = list(cells)
    while header and header[-1] in (None, ""):
        header.pop()
    return header


def _plain(cell: Any) -> Any:
    """A cell as JSON can hold it; whole numbers lose the ``.0`` that spreadsheets give them."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    if isinstance(cell, (dt.datetime, dt.date, dt.time)):
        return cell.isoformat()
    if isinstance(cell, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell) if "_x" in cell else cell
    return cell if cell is None or isinstance(cell, (int, float, bool)) else str(cell)
