"""The verb that says what a model was asked for a draft, and what differs between two of them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from textwrap import indent
from typing import TYPE_CHECKING

from workbench.cli.verb import Verb, one_line, tell, visible
from workbench.errors import NotFound

if TYPE_CHECKING:
    from workbench.flows.asked import Asked, AskedDiff, BlockDiff
    from workbench.workspace import Workspace

_MISSING = {
    "older": "asked before prompts were kept: of it there is only the hash",
    "damaged": "what is kept of it does not fit its hash, so it is not shown",
}
_MARKS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("draft", help="its id, or the number of a call")
    parser.add_argument("other", nargs="?", help="say what differs in this one, word by word")


def _prompt(ws: Workspace, arguments: Namespace) -> None:
    if arguments.other is None:
        found = ws.prompts(_which(arguments.draft))
        for one in found:
            about = {"call": one.call.id, "turns": one.turns, "missing": one.missing, "blocks": one.blocks}
            settings = one.prompt.settings if one.prompt else {}
            tell(arguments, {**about, "settings": settings}, _told(one))
        if not found:
            tell(arguments, {"calls": 0}, ["no model was asked for it"])
        return
    for pair in ws.prompt_diff(_which(arguments.draft), _which(arguments.other)):
        calls = {"old": _number(pair.old), "new": _number(pair.new)}
        tell(arguments, {**calls, "blocks": pair.blocks}, _differs(pair))


def _which(text: str) -> str | int:
    try:
        return int(text) if text.isdecimal() else text
    except ValueError:  # Python reads no number of thousands of digits
        which = one_line(text)
        raise NotFound(f"there is no call {which}") from None


def _number(asked: Asked | None) -> int | None:
    return asked.call.id if asked else None


def _told(one: Asked) -> list[str]:
    turns = f", for {', '.join(one.turns)}" if one.turns else ""
    lines = [f"call {one.call.id} to {one.call.model}{turns}"]
    if one.missing:
        return [*lines, _MISSING[one.missing]]
    heads = ((f"## {_name(block.role, block.name)}", block.text) for block in one.blocks)
    return [*lines, *(line for head, text in heads for line in (head, _set_in(text), ""))]


def _differs(pair: AskedDiff) -> list[str]:
    lines = [f"call {_number(pair.old) or 'none'} and call {_number(pair.new) or 'none'}"]
    for side in (pair.old, pair.new):
        if side and side.missing:
            return [*lines, f"call {side.call.id}: {_MISSING[side.missing]}"]
    return [*lines, *(line for block in pair.blocks for line in _block(block))]


def _block(block: BlockDiff) -> list[str]:
    head = f"## {_name(block.role, block.name)} ({block.how})"
    if block.how == "same":
        return [head]
    return [head, _set_in("".join(_MARKS[one.kind].format(one.text) for one in block.parts))]


def _set_in(text: str) -> str:
    """A text of many lines, none of which can be taken for a head of ours."""
    return indent(visible(text), "    ")


def _name(role: str, name: str) -> str:
    return name if name == role or not role else f"{role}: {name}".removesuffix(": ")


VERBS = (Verb("prompt", "say what a model was asked for a draft, or what differs between two", _prompt, _arguments),)
