"""How records are packed in a file, found by looking at its bytes, and the records themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import orjson

from workbench.collect.base import BadRecord, Options, Problem, Record, shown
from workbench.collect.child import records_from_child
from workbench.collect.containers import Member, check_archive
from workbench.collect.jsondocument import elements
from workbench.collect.jsontext import parse_json
from workbench.collect.limits import LIMITS
from workbench.collect.streams import NOT_UTF8, Bytes, DamagedFile, as_utf8, bounded_lines, broken_byte, buffered
from workbench.collect.tables import read_table
from workbench.errors import CollectError, NothingToRead

_LOOK = 64 * 1024
_LINES = (".jsonl", ".ndjson", ".jl")
_TABLES = (".csv", ".tsv", ".tab")
_TEXTS = (".txt", ".md", ".markdown", ".text")
_ENCODINGS = ("gb18030", "cp1252", "big5", "shift_jis", "euc_kr", "cp1251")
_TOO_LARGE = f"a record may have {LIMITS.record >> 20} MB at most"


@dataclass(frozen=True, slots=True)
class Packing:
    """How a file is packed: `kind`, its text `encoding`, and for records inside an object the `key` they are under.

    Kinds: jsonl, json-list, json-keyed (an object of records), json-one (one record), json-inside (a list under
    `key`), table, text, xlsx, parquet, arrow.
    """

    kind: str
    encoding: str = "utf-8"
    key: str = ""


def packings(member: Member, options: Options) -> list[Packing]:
    """The possible packings of a file, likeliest first; more than one for a JSON object.

    Raises:
        CollectError: when the bytes are of no kind that can be read.
    """
    with member.opened() as raw:
        stream = buffered(raw)
        start = stream.peek(8)[:8]
        if binary := _binary_kind(start, member.suffix):
            return [Packing(binary)]
        given = options.get("encoding")
        text, encoding = as_utf8(stream, member.name, given)
        head = text.read(_LOOK)
    if encoding == "utf-8" and not given:
        encoding = _guessed_encoding(head, member)
    return [replace(kind, encoding=encoding) for kind in _text_kinds(head, member)]


def _binary_kind(start: bytes, suffix: str) -> str:
    if start[:4] == b"PAR1":
        return "parquet"
    if start[:6] == b"ARROW1" or (start[:4] == b"\xff\xff\xff\xff" and suffix == ".arrow"):
        return "arrow"
    if start[:4] == b"PK\x03\x04":
        return "xlsx"
    return ""


def _guessed_encoding(head: bytes, member: Member) -> str:
    try:
        head[: head.rfind(b"\n") + 1 or len(head)].decode("utf-8")
    except UnicodeDecodeError as exc:
        if b"\0" in head:
            raise CollectError(
                f"{member.name} is not text and of no known kind", hint="JSON, CSV, XLSX and Parquet can be read"
            ) from exc
        if member.suffix in (*_TABLES, *_TEXTS):
            return _likeliest(head)
    return "utf-8"  # JSON is UTF-8: bytes that are not are told record by record


def _likeliest(head: bytes) -> str:
    """The encoding of spreadsheet exports that reads these bytes best; old ones of one byte fit nearly anything."""
    from charset_normalizer import from_bytes

    best = from_bytes(head, cp_isolation=list(_ENCODINGS)).best()
    return best.encoding if best else "utf-8"


def _text_kinds(head: bytes, member: Member) -> list[Packing]:
    text = head.lstrip()
    if not text:
        raise NothingToRead(f"{member.name} is empty", hint="nothing was imported")
    if member.suffix in _LINES:
        return [Packing("jsonl")]
    if member.suffix in _TABLES:
        return [Packing("table")]
    if text[:1] == b"[" and member.suffix not in _TEXTS:
        return [Packing("json-list")]
    if text[:1] == b"{":
        return [Packing("jsonl")] if _is_lines(text) else _object_kinds(member)
    if member.suffix in _TEXTS:
        return [Packing("text")]
    if member.suffix == ".json":
        raise CollectError(
            f"{member.name} begins with {shown(text[:20].decode('utf-8', 'replace'))}, which is not JSON",
            hint="a JSON file begins with [ or {",
        )
    return [Packing("table")]


def _is_lines(text: bytes) -> bool:
    """Whether a text that begins with an object has one object per line, and more than one."""
    first, _, rest = text.partition(b"\n")
    following = rest.lstrip()
    if following[:1] != b"{":
        return False
    try:
        return isinstance(orjson.loads(first), dict)
    except orjson.JSONDecodeError:
        return first.rstrip()[-1:] == b"}"


def _object_kinds(member: Member) -> list[Packing]:
    kinds = [Packing("json-keyed")]
    if member.size is not None and member.size > LIMITS.record:
        return kinds
    return [Packing("json-one"), *kinds, Packing("json-inside")]


def records_of(member: Member, packing: Packing, options: Options) -> Iterator[Record | Problem]:
    """The records of a file; unreadable ones are problems, and so is the place where a damaged file ends."""
    row = 0
    try:
        for item in _records(member, packing, options):
            row = item.row
            yield item
    except DamagedFile as exc:
        yield Problem(row + 1, None, "", exc.message, exc.hint)


def _records(member: Member, packing: Packing, options: Options) -> Iterator[Record | Problem]:
    if packing.kind in ("xlsx", "parquet", "arrow"):
        with member.on_disk() as path:
            if packing.kind == "xlsx":
                check_archive(path)
            yield from records_from_child(packing.kind, path, options)
        return
    with _text(member, packing) as stream:
        if packing.kind == "table":
            yield from read_table(stream, options.get("delimiter"))
        elif packing.kind in ("json-list", "json-keyed"):
            yield from _document_records(stream, bool(options.get("strict")))
        elif packing.kind in ("json-one", "json-inside"):
            yield from _whole_document(stream, packing, bool(options.get("strict")))
        else:
            yield from _line_records(stream, packing.kind == "text", bool(options.get("strict")))


@contextmanager
def _text(member: Member, packing: Packing) -> Iterator[Bytes]:
    with member.opened() as raw:
        stream, _ = as_utf8(raw, member.name, None if packing.encoding == "utf-8-sig" else packing.encoding)
        yield stream


def _line_records(stream: Bytes, is_text: bool, strict: bool) -> Iterator[Record | Problem]:
    row = 0
    for line in bounded_lines(stream):
        if line.data is not None and not line.data.strip():
            continue
        row += 1
        if line.data is None:
            yield Problem(row, line.number, "", f"a line of {line.size} bytes", _TOO_LARGE)
            continue
        try:
            value = line.data.decode() if is_text else parse_json(line.data, strict=strict, offset=line.offset)
        except BadRecord as exc:
            yield Problem(row, line.number, exc.field, exc.found, exc.hint, _raw(line.data))
        except UnicodeDecodeError as exc:
            yield Problem(row, line.number, "", broken_byte(exc, line.offset), NOT_UTF8, _raw(line.data))
        else:
            yield Record(row, value, line.number)


def _document_records(stream: Bytes, strict: bool) -> Iterator[Record | Problem]:
    for row, element in enumerate(elements(stream), 1):
        if element.cut:
            yield Problem(
                row, element.line, "", "a record that is not closed", "the file is cut off or lacks a bracket"
            )
        elif element.trouble:
            yield Problem(row, element.line, "", element.trouble, "repair the JSON document")
        elif element.data is None:
            yield Problem(row, element.line, "", "a record that is too large", _TOO_LARGE)
        else:
            try:
                yield Record(row, parse_json(element.data, strict=strict), element.line, element.key)
            except BadRecord as exc:
                yield Problem(row, element.line, exc.field, exc.found, exc.hint, _raw(element.data))


def _whole_document(stream: Bytes, packing: Packing, strict: bool) -> Iterator[Record | Problem]:
    data = stream.read(LIMITS.record + 1)
    try:
        value = parse_json(data, strict=strict) if len(data) <= LIMITS.record else None
    except BadRecord as exc:
        yield Problem(1, 1, exc.field, exc.found, exc.hint, _raw(data))
        return
    if value is None:
        yield Problem(1, 1, "", "a document that is too large", _TOO_LARGE)
    elif packing.kind == "json-one":
        yield Record(1, value, 1)
    else:
        for row, item in enumerate(_list_inside(value), 1):
            yield Record(row, item)


def _list_inside(value: Any) -> list[Any]:
    """The longest list of objects that is a value of this object, or of an object in it."""
    if not isinstance(value, dict):
        return []
    inner = [*value.values(), *(deep for child in value.values() if isinstance(child, dict) for deep in child.values())]
    lists = [item for item in inner if isinstance(item, list) and item and isinstance(item[0], dict)]
    return max(lists, key=len, default=[])


def first_records(member: Member, packing: Packing, options: Options, count: int) -> list[Record | Problem]:
    """The first items of a file, to guess by."""
    items = records_of(member, packing, options)
    try:
        return list(islice(items, count))
    finally:
        items.close()  # type: ignore[attr-defined]  # a generator: stops a child process


def _raw(data: bytes) -> str:
    return data[: LIMITS.raw].decode("utf-8", "replace")
