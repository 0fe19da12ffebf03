"""Which column of a table holds what: proposed from the column names, corrected by a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from workbench.errors import CollectError

Layout = Literal["turns", "messages", "pair", "text"]

# Names in order of preference, compared without case, spaces, hyphens and underscores.
_NAMES: dict[str, tuple[str, ...]] = {
    "messages": ("messages", "conversations"),
    "role": ("role", "speaker", "sender", "from", "author", "who", "agent", "角色", "说话人", "rôle", "locuteur"),
    "content": ("content", "utterance", "message", "text", "value", "body", "msg", "内容", "文本", "contenu", "texte"),
    "conversation": ("conversationid", "convid", "dialogueid", "dialogid", "sessionid", "threadid", "chatid",
                     "conversation", "dialogue", "dialog", "session", "thread", "对话id", "会话", "对话"),
    "order": ("turnindex", "turn", "turnid", "turnnumber", "index", "order", "position", "timestamp", "time", "序号"),
    "user": ("user", "question", "prompt", "query", "instruction", "customer", "patient", "问题", "提问"),
    "assistant": ("assistant", "answer", "response", "reply", "completion", "output", "回答", "答案", "réponse"),
    "system": ("system", "systemprompt"),
    "text": ("dialogue", "dialog", "transcript", "conversation", "chat", "text", "utterance", "content", "message",
             "sentence", "question", "query", "prompt", "对话", "文本", "内容", "texte"),
    "id": ("id", "recordid", "conversationid", "dialogueid", "uid", "编号"),
    "language": ("language", "lang", "语言", "langue"),
    "title": ("title", "subject", "标题", "titre"),
}  # fmt: skip
_NEEDED: dict[Layout, tuple[str, ...]] = {
    "messages": ("messages",),
    "turns": ("role", "content"),
    "pair": ("user", "assistant"),
    "text": ("text",),
}
_OPTIONAL: dict[Layout, tuple[str, ...]] = {
    "messages": ("id", "language", "title"),
    "turns": ("conversation", "order", "language", "title"),
    "pair": ("system", "id", "language", "title"),
    "text": ("id", "language", "title"),
}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What each part of a conversation is read from: `columns` maps a part to the name of a column.

    Layouts: "turns" (one row per turn), "messages" (a cell holds a list of messages), "pair" (a question and an
    answer), "text" (a cell holds a whole dialogue, or one text).
    """

    layout: Layout
    columns: Mapping[str, str]

    def cell(self, row: Mapping[str, Any], part: str) -> Any:
        """The cell of a row that holds a part; None when there is none."""
        return row.get(self.columns[part]) if part in self.columns else None

    def rest(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The cells that hold no part and are not empty."""
        used = set(self.columns.values())
        return {name: cell for name, cell in row.items() if name not in used and cell not in (None, "")}


def mapping_for(columns: Sequence[str], given: Mapping[str, str] | None = None) -> ColumnMapping | None:
    """The mapping for these columns: what is `given`, completed by what the names say; None when nothing fits.

    A part given as "" is left out even when a column has a fitting name.

    Raises:
        CollectError: for a part or a column that does not exist.
    """
    chosen = dict(given or {})
    _check(chosen, columns)
    wanted = {part: column for part, column in chosen.items() if column}
    free = [column for column in columns if column not in wanted.values()]
    for layout, needed in _NEEDED.items():
        if (
            wanted
            and not any(part in wanted for part in needed)
            and any(p in wanted for n in _NEEDED.values() for p in n)
        ):
            continue
        found = _found(needed, wanted, free, chosen)
        if len(found) == len(needed):
            left = [column for column in free if column not in found.values()]
            return ColumnMapping(layout, {**found, **_found(_OPTIONAL[layout], wanted, left, chosen)})
    return None


def _found(
    parts: Sequence[str], wanted: Mapping[str, str], free: Sequence[str], chosen: Mapping[str, str]
) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        names = {_plain(column): column for column in reversed(free) if column not in found.values()}
        proposed = next((names[name] for name in _NAMES[part] if name in names), None) if part not in chosen else None
        column = wanted.get(part) or proposed
        if column:
            found[part] = column
    return found


def _check(chosen: Mapping[str, str], columns: Sequence[str]) -> None:
    for part, column in chosen.items():
        if part not in _NAMES:
            raise CollectError(f"no part {part!r} in a mapping", hint=f"parts: {', '.join(_NAMES)}")
        if column and column not in columns:
            raise CollectError(f"no column {column!r}", hint=f"columns: {', '.join(columns[:30])}")


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-]+", "", name).casefold()
