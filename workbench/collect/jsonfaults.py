"""What is wrong with a JSON text, in words for a person who has to mend it."""

from __future__ import annotations

import re

import orjson

from workbench.collect.base import BadRecord
from workbench.collect.limits import LIMITS
from workbench.collect.streams import NOT_UTF8, broken_byte

FAULTS: dict[str, tuple[str, str]] = {
    "trailing comma": ("a comma too many near {near}", "remove the comma before the closing bracket"),
    "expected ',' or": (
        "no comma between two values near {near}",
        'put a comma between values; a quote inside a text is written \\"',
    ),
    "expected ':'": ("no colon after a key near {near}", "put a colon between a key and its value"),
    "expected a string key": ("a key without double quotes near {near}", "put keys in double quotes"),
    "expected a JSON value": (
        "no JSON value near {near}",
        "text stands in double quotes; only numbers, true, false and null stand without them",
    ),
    "invalid literal": (
        "a word without double quotes near {near}",
        "text stands in double quotes; only numbers, true, false and null stand without them",
    ),
    "control character": (
        "a line break or control character inside a text near {near}",
        "write \\n for a line break and \\t for a tab",
    ),
    "escape": ("a backslash that means nothing near {near}", "write the backslash twice"),
    "after document": ("more text after the end of the record near {near}", "one record stands on a line"),
    "leading zero": ("a number that begins with zero near {near}", "leave the zeros out, or write it as text"),
    "no digit": ("a number without its digits near {near}", "write the whole number"),
    "infinity": ("a number too large near {near}", "write it as text"),
    "byte order mark": ("a byte-order mark in the middle of the file near {near}", "save as UTF-8 without it"),
}
"""Words of the parser -> what is wrong and what helps. `near` is the place, as it stands in the file, in quotes."""

_NO_NUMBER = re.compile("NaN|-?Infinity")
_AROUND = 20  # characters of the text shown before and after the place


def explained(data: bytes, exc: orjson.JSONDecodeError, offset: int) -> BadRecord:
    """The error for a text that the parser refused.

    Args:
        data: the whole text, bytes.
        exc: what the parser says; its place counts characters.
        offset: where `data` begins in its file, in bytes.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as broken:
        return BadRecord("", words=broken_byte(broken, offset), hint=NOT_UTF8)
    message = str(exc)
    if "surrogate" in message:
        words = "half of a surrogate pair (\\ud800 to \\udfff)"
        return BadRecord("", words=words, hint="write the whole character")
    if "depth" in message:
        return too_deep()
    near = text[max(0, exc.pos - _AROUND) : exc.pos + _AROUND]
    if constant := _NO_NUMBER.match(text, exc.pos):
        words = f"{constant[0]}, which is not JSON, near {near!r}"
        return BadRecord("", words=words, hint="write null or a number")
    if not near.strip() or exc.pos >= len(text):
        words = f"the text ends at character {len(text)} in the middle"
        return BadRecord("", words=words, hint="the record is cut off")
    for said, (fault, hint) in FAULTS.items():
        if said in message:
            return BadRecord("", words=fault.format(near=repr(near)), hint=hint)
    words = f"text that is not JSON at character {exc.pos + 1}, near {near!r}"
    return BadRecord("", words=words, hint="repair the JSON text")


def too_deep() -> BadRecord:
    """The error for a record with more levels than can be written again."""
    return BadRecord("", words=f"nesting deeper than {LIMITS.depth} levels", hint="flatten the record")
