"""Writing an XLSX workbook row by row, with the same bytes for the same rows.

Only what a table needs of ECMA-376: inline strings, numbers, booleans, a frozen first row. Every text is written as a
text cell, so none of them is ever a formula, whatever it begins with. Zip entries carry the earliest date that zip
knows, and there are no document properties, since those hold times.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from workbench.release.outputs import OutputFile
from workbench.release.sheet import Cell

MAX_ROWS = 1_048_576
MAX_UNITS = 32_767
_CUT = " … [cut here: a cell holds no more]"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BATCH = 1_000
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What XML cannot hold is written as Excel does (_x0007_), and text that looks like that is protected.
_UNWRITABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class Workbook:
    """What was written: names of `sheets`, number of `rows` (without the names of the columns) and of cells `cut`."""

    def __init__(self, title: str, *, max_rows: int = MAX_ROWS) -> None:
        self._title = title
        self._max_rows = max_rows
        self.sheets: list[str] = []
        self.rows = 0
        self.cut = 0

    def write(self, stream: OutputFile, rows: Iterable[Sequence[Cell]]) -> None:
        """Write a workbook; the first row holds the names of the columns and is repeated on every sheet."""
        body = iter(rows)
        head = next(body)
        following = next(body, None)
        with zipfile.ZipFile(stream, "w") as archive:
            while following is not None or not self.sheets:
                self.sheets.append(self._title if not self.sheets else f"{self._title} {len(self.sheets) + 1}")
                with archive.open(_entry(f"xl/worksheets/sheet{len(self.sheets)}.xml"), "w", force_zip64=True) as sheet:
                    following = self._sheet(sheet, head, following, body)
            for name, text in _frame(self.sheets):
                archive.writestr(_entry(name), _XML + text)

    def _sheet(
        self, sheet: IO[bytes], head: Sequence[Cell], row: Sequence[Cell] | None, rows: Iterator[Sequence[Cell]]
    ) -> Sequence[Cell] | None:
        """Write one sheet; returns the first row that did not fit, or None."""
        pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        lines = [f'{_XML}<worksheet xmlns="{_MAIN}">{view}<sheetData>', self._row(1, head)]
        number = 1
        while row is not None and number < self._max_rows:
            number += 1
            lines.append(self._row(number, row))
            if len(lines) >= _BATCH:
                sheet.write("".join(lines).encode())
                lines.clear()
            row = next(rows, None)
        self.rows += number - 1
        sheet.write("".join((*lines, "</sheetData></worksheet>")).encode())
        return row

    def _row(self, number: int, row: Sequence[Cell]) -> str:
        cells = (self._cell(f"{_letters(column)}{number}", cell) for column, cell in enumerate(row))
        return f'<row r="{number}">{"".join(cells)}</row>'

    def _cell(self, place: str, cell: Cell) -> str:
        if cell is None or cell == "":
            return ""
        if isinstance(cell, bool):
            return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
        if isinstance(cell, int):
            return f'<c r="{place}"><v>{cell}</v></c>'
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{self._text(cell)}</t></is></c>'

    def _text(self, text: str) -> str:
        if len(text) > MAX_UNITS // 2 and len(text.encode("utf-16-le")) // 2 > MAX_UNITS:
            self.cut += 1
            room = (MAX_UNITS - len(_CUT)) * 2
            text = text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _CUT
        return escape(_UNWRITABLE.sub(lambda found: f"_x{ord(found.group()):04X}_", text), {"\r": "&#13;"})


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    return entry


def _frame(sheets: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts that tell a reader where the sheets are."""
    numbers = range(1, len(sheets) + 1)
    part: Callable[[int], str] = lambda n: f"worksheets/sheet{n}.xml"  # noqa: E731
    types = "".join(f'<Override PartName="/xl/{part(n)}" ContentType="{_TYPE}.worksheet+xml"/>' for n in numbers)
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{types}</Types>',
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    yield "xl/_rels/workbook.xml.rels", _relations([("worksheet", part(n)) for n in numbers])
    named = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, name in zip(numbers, sheets, strict=True)
    )
    yield "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>'


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    lines = (
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'
