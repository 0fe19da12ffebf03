"""Text of samples inside Markdown: it must stay letters, whatever renders the page.

A character that Markdown, its common extensions or HTML give a meaning to at that place is escaped with a backslash,
which CommonMark (section 2.4) defines for all ASCII punctuation. Indentation, which would start a code block, becomes
character references.
"""

from __future__ import annotations

import re

_ACTIVE = re.compile(
    r"[\\`*_{}\[\]<>|~&$@^#]"  # code, emphasis, links, HTML, tables, entities, formulas, mentions, issue numbers
    r"|:(?=\S)"  # addresses and emoji names
    r"|(?<=[wW])\.(?=\S)"  # www.
    r"|([=+!-])(?=\1)|(?<=([=+!-]))\2"  # marks and dashes of extensions
)
_START = re.compile(r"^(?:[=+:-]|\d+[.)])")  # headings, lists
_INDENT = re.compile(r"^[ \t]+")
_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029\v\f]")


def escaped(text: str) -> str:
    """Plain text as one line of Markdown that shows it; line breaks become spaces."""
    return _line(_BREAKS.sub("\n", text).replace("\n", " "))


def quoted(text: str) -> str:
    """Text of any number of lines as a Markdown block quote that shows it, every line break kept."""
    lines = _BREAKS.sub("\n", text).split("\n")
    told = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        broken = "\\" if line.strip() and following.strip() else ""
        told.append(f"> {_line(line)}{broken}" if line.strip() else ">")
    return "\n".join(told)


def _line(text: str) -> str:
    indent = _INDENT.match(text)
    space = "".join(f"&#{ord(char)};" for char in indent.group()) if indent else ""
    words = text[indent.end() :] if indent else text
    shown = _ACTIVE.sub(r"\\\g<0>", words.replace("\0", "\ufffd"))
    return space + _START.sub(lambda found: f"{found.group()[:-1]}\\{found.group()[-1]}", shown)
