"""The editor of questions: a change is built step by step, what it would do is told, then it is saved as one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from widgets._views import ordered
from workbench import label
from workbench.errors import InvalidInput
from workbench.label.naming import name_for, next_point, value_for
from workbench.model import TagScheme
from workbench.records import scheme_from_record, to_record

NEW = TagScheme("", "nominal", version=0)


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``scheme.open``, ``scheme.step``, ``scheme.impact``, ``scheme.save`` and ``scheme.versions``."""

    def begin(name: str = "") -> dict[str, Any]:
        scheme = ws.scheme(name) if name else NEW
        return {"change": change_record(label.change_of(scheme)), "counts": _counts(ws, name) if name else {}}

    def step(change: Mapping[str, Any], do: str, **args: Any) -> dict[str, Any]:
        after = _step(change_from(change), do, args)
        return {"change": change_record(after), "impact": ws.scheme_impact(_named(ws, after))}

    def save(change: Mapping[str, Any]) -> Any:
        return ws.change_scheme(_named(ws, change_from(change)))

    return {
        "scheme.open": begin,
        "scheme.step": step,
        "scheme.impact": lambda change: {"impact": ws.scheme_impact(_named(ws, change_from(change)))},
        "scheme.save": lambda change: {"saved": save(change), "schemes": ordered(ws.schemes())},
        "scheme.versions": lambda name: _versions(ws, name),
    }


def change_record(change: label.SchemeChange) -> dict[str, Any]:
    """A change as the page holds it while a person works on it."""
    return {
        "scheme": to_record(change.scheme),
        "moved": dict(change.moved),
        "review": list(change.review),
        "known": sorted(change.known),
    }


def change_from(record: Mapping[str, Any]) -> label.SchemeChange:
    """The change of a `change_record`; raises `InvalidInput` for anything else."""
    try:
        scheme = scheme_from_record(record["scheme"])
        return label.SchemeChange(
            scheme, dict(record["moved"]), tuple(record["review"]), frozenset(record.get("known", ()))
        )
    except (KeyError, TypeError, AttributeError) as exc:
        raise InvalidInput("the page sent a question that cannot be read", hint="open it again") from exc


def _named(ws: Any, change: label.SchemeChange) -> label.SchemeChange:
    """A new question gets its name from its title."""
    if change.scheme.name:
        return change
    taken = {scheme.name for scheme in ws.schemes()} | set(ws.reserved_names)
    return replace(change, scheme=replace(change.scheme, name=name_for(change.scheme.title, taken)))


def _step(change: label.SchemeChange, do: str, args: dict[str, Any]) -> label.SchemeChange:
    try:
        return _STEPS[do](change, **args)
    except (KeyError, TypeError) as exc:
        raise InvalidInput(f"the page asked for a step {do!r} that cannot be taken", hint="reload the page") from exc


def _add(change: label.SchemeChange, text: str, below: str = "", guideline: str = "") -> label.SchemeChange:
    return label.add_choice(change, _value(change, text, below), text.strip(), guideline=guideline)


def _rename(change: label.SchemeChange, value: str, new: str) -> label.SchemeChange:
    parent = value.rpartition("/")[0] if change.scheme.kind == "hierarchical" else ""
    return label.rename_choice(change, value, f"{parent}/{new.strip()}" if parent else new.strip())


def _split(change: label.SchemeChange, value: str, parts: list[str], below: bool = False) -> label.SchemeChange:
    named = [part.strip() for part in parts if part.strip()]
    return label.split_choice(change, value, [(value_for(part), part) for part in named], below=below)


def _value(change: label.SchemeChange, text: str, below: str = "") -> str:
    if not text.strip():
        raise InvalidInput("the choice has no name", hint="write what people should read on it")
    taken = {choice.value for choice in change.scheme.choices}
    if change.scheme.kind == "ordinal":
        return next_point(taken)
    return value_for(text, taken, below=below)


_STEPS: dict[str, Callable[..., label.SchemeChange]] = {
    "add": _add,
    "rename": _rename,
    "move": label.move_choice,
    "merge": label.merge_choices,
    "split": _split,
    "retire": label.retire_choice,
    "restore": label.restore_choice,
    "shift": label.shift_choice,
    "drop": label.drop_choice,
}


def _counts(ws: Any, name: str) -> dict[str, int]:
    """How many answers each choice has; an answer of several choices counts at each."""
    counts: Counter[str] = Counter()
    for item in ws.answer_counts(name):
        for value in item.value if isinstance(item.value, tuple) else (item.value,):
            counts[str(value)] += item.answers
    return dict(counts)


def _versions(ws: Any, name: str) -> list[dict[str, Any]]:
    return [
        {
            "version": item.scheme.version, "author": item.author, "at": item.at, "moved": dict(item.moved),
            "review": list(item.review), "choices": len(item.scheme.choices), "current": item.current,
        }
        for item in reversed(ws.scheme_versions(name))
    ]  # fmt: skip
