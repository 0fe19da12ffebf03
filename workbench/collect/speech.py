"""Who speaks and what is said: the parts of a conversation that all formats share."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any

from workbench.collect.base import BadRecord, Parsed, Record
from workbench.model import Turn

_WORDS = {
    "system": ("system", "developer"),
    "user": ("user", "human", "usr", "prompter", "patient", "student", "customer", "client", "caller", "visitor",
             "患者", "用户", "utilisateur"),
    "assistant": ("assistant", "gpt", "chatgpt", "bot", "model", "ai", "sys", "agent", "doctor", "teacher", "tutor",
                  "advisor", "adviser", "clerk", "nurse", "operator", "bard", "bing", "médecin",
                  "医生", "助手", "客服"),
    "tool": ("tool", "function", "observation", "function_response", "tool_response", "ipython"),
}  # fmt: skip
ROLES = {word: role for role, words in _WORDS.items() for word in words}
TURN_IDS = tuple(f"t{number}" for number in range(1, 257))


def turn_id(index: int) -> str:
    """The id of the turn at a position counted from 0: ``t1``, ``t2`` ..."""
    return TURN_IDS[index] if index < 256 else f"t{index + 1}"


def role_of(word: Any, field: str) -> str:
    """The role a word stands for (``gpt`` is the assistant); `BadRecord` for an unknown one."""
    role = ROLES.get(word.strip().lower()) if isinstance(word, str) else None
    if role is None:
        raise BadRecord(field, word, "the role must be user, assistant, system or tool")
    return role


class Speakers:
    """Roles for speakers with names of their own.

    Known words (patient, agent ...) and the given `roles` decide; of the others the first is the user, the second
    the assistant, and further ones are users again. The name is kept beside the role.
    """

    def __init__(self, roles: Mapping[str, str] | None = None) -> None:
        self._roles = {name.strip().lower(): role for name, role in (roles or {}).items()}

    def role(self, name: str) -> str:
        """The role of a speaker, the same one each time."""
        key = name.strip().lower()
        role = self._roles.get(key) or ROLES.get(key)
        if role is None:
            taken = set(self._roles.values())
            role = "assistant" if "user" in taken and "assistant" not in taken else "user"
        self._roles[key] = role
        return role


def text_of(value: Any, field: str) -> str:
    """A value that must be text."""
    if not isinstance(value, str):
        raise BadRecord(field, value, "this must be text")
    return value


def list_of(value: Any, field: str) -> list[Any]:
    """A value that must be a list with something in it."""
    if not isinstance(value, list) or not value:
        raise BadRecord(field, value, "this must be a list of turns")
    return value


def object_of(value: Any, field: str) -> dict[str, Any]:
    """A value that must be an object."""
    if not isinstance(value, dict):
        raise BadRecord(field, value, "this must be an object")
    return value


def is_synthetic(record: Mapping[str, Any]) -> bool:
    """Whether the record, or its metadata, says that it was made by a machine."""
    if record.get("synthetic") is True:
        return True
    return any(
        isinstance(inner, dict) and inner.get("synthetic") is True
        for inner in (record.get("meta"), record.get("metadata"))
    )


def conversation(
    record: Record, turns: tuple[Turn, ...], used: Container[str], *, ids: Iterable[str] = ("id",), **more: Any
) -> Parsed:
    """A conversation of `turns`, with the id, language, title and origin its record tells.

    Args:
        record: an object.
        turns: what is said.
        used: the fields the turns were made of; all others are kept as `extra`.
        ids: the names of the field that holds the record's own id.
        more: fields of `Parsed` that are known better than by the usual names; `extra` is then taken as it is.

    Raises:
        BadRecord: when no turn says anything.
    """
    value = record.value
    if not any((turn.content and not turn.content.isspace()) or turn.tool_calls or turn.extra for turn in turns):
        raise BadRecord("", words="no text in any turn", hint="a conversation needs at least one turn with text")
    extra = more.pop("extra", None)
    if extra is None:
        extra = {key: item for key, item in value.items() if key not in used}
    synthetic = bool(more.pop("synthetic", False) or is_synthetic(value))
    found = {
        "record_id": _taken(extra, ids, _as_id) or record.key,
        "language": _taken(extra, ("language", "lang"), _as_language),
        "title": _taken(extra, ("title",), _as_title) or "",
        "depth": int(synthetic),
    }
    return Parsed(record.row, record.line, turns, extra=extra, synthetic=synthetic, **{**found, **more})


def _taken(extra: dict[str, Any], names: Iterable[str], read: Callable[[Any], str | None]) -> str | None:
    """The first of these fields that can be read as what it should be; it is then no longer extra."""
    for name in names:
        text = read(extra[name]) if name in extra else None
        if text is not None:
            del extra[name]
            return text
    return None


def _as_id(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
        return None
    return str(value)


def _as_language(value: Any) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= 35 else None


def _as_title(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def rest_of(record: Mapping[str, Any], used: Iterable[str]) -> dict[str, Any]:
    """The fields of a record that no part of the conversation took: they are kept as `extra`."""
    taken = set(used)
    return {key: value for key, value in record.items() if key not in taken}
