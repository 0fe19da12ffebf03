"""Text files as documents: the text as it is, its title, and its paragraphs as numbered spans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from workbench.collect.limits import LIMITS
from workbench.collect.streams import as_utf8
from workbench.errors import CollectError
from workbench.model import Span
from workbench.text import snippet

_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_HEADING = re.compile(r"^#{1,3}\s+(.+?)\s*#*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as read: `spans` are its paragraphs, numbered from 1."""

    title: str
    text: str
    spans: tuple[Span, ...]


def read_document(path: Path) -> ReadDocument:
    """Read a Markdown or text file.

    Raises:
        CollectError: when it is missing, too large, empty or not text.
    """
    if not path.is_file():
        raise CollectError(f"no file {str(path)!r}", hint="check the path")
    if path.stat().st_size > LIMITS.record:
        raise CollectError(f"{path.name} is larger than {LIMITS.record >> 20} MB", hint="split it into chapters")
    with path.open("rb") as raw:
        stream, _ = as_utf8(raw, path.name)
        try:
            text = stream.read().decode("utf-8").replace("\r\n", "\n")
        except UnicodeDecodeError as exc:
            hint = "save it as plain text or Markdown in UTF-8; of a PDF or Word file, copy the text into one"
            raise CollectError(f"{path.name} is not a text file (byte {exc.start})", hint=hint) from exc
    spans = paragraphs(text)
    if not spans:
        raise CollectError(f"{path.name} is empty", hint="nothing was added")
    heading = _HEADING.search(text)
    return ReadDocument(snippet(heading[1] if heading else text[: spans[0].end], 120), text, spans)


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of a text (parted by empty lines), numbered from 1, as character places."""
    found = enumerate(_PARAGRAPH.finditer(text), 1)
    return tuple(Span(number, match.start(), match.end()) for number, match in found)
