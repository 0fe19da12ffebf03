"""Tagging: one call is one step of one author, however many samples it touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from workbench.errors import UnknownName
from workbench.ids import new_id, now_ms
from workbench.label import Agreement, agreement, check_value, default_schemes
from workbench.model import Note, Tag, TagScheme
from workbench.store.base import Store


def seed_schemes(store: Store, author: str) -> None:
    """Give a new workspace its schemes; does nothing where there are any."""
    if store.schemes():
        return
    with store.write(author, "start workspace", undoable=False) as writer:
        for scheme in default_schemes():
            writer.save_scheme(scheme)


def scheme_named(store: Store, name: str) -> TagScheme:
    """The newest version of a scheme; raises `UnknownName`."""
    schemes = {scheme.name: scheme for scheme in store.schemes()}
    if name not in schemes:
        raise UnknownName.among("tag scheme", name, schemes)
    return schemes[name]


def tag_samples(
    store: Store,
    author: str,
    ids: Sequence[str],
    scheme_name: str,
    value: object,
    *,
    turn: str | None = None,
    note: str = "",
    confidence: float | None = None,
    machine: bool = False,
) -> int:
    """Set the author's answer on some samples (or one turn of each); returns how many answers changed."""
    scheme = scheme_named(store, scheme_name)
    answer = check_value(scheme, value)
    tag = Tag("", scheme.name, answer, author, now_ms(), turn, note, confidence, machine, scheme.version)
    with store.write(author, f"tag {scheme.name}") as writer:
        return writer.tag([replace(tag, sample=sample_id) for sample_id in ids])


def tag_rows(store: Store, author: str, rows: Any, scheme_name: str, value: object, *, note: str = "") -> int:
    """Set (or with None remove) the author's answer on row numbers, in bulk, as one step."""
    scheme = scheme_named(store, scheme_name)
    answer = None if value is None else check_value(scheme, value)
    with store.write(author, f"tag {scheme.name}" if answer is not None else f"remove {scheme.name}") as writer:
        return writer.tag_rows(rows, scheme.name, answer, note=note)


def untag_samples(store: Store, author: str, ids: Iterable[str], scheme: str, *, turn: str | None = None) -> int:
    """Remove the author's answers; returns how many there were."""
    with store.write(author, f"remove {scheme}") as writer:
        return writer.untag([(sample_id, turn, scheme) for sample_id in ids])


def add_note(store: Store, author: str, sample_id: str, text: str, *, turn: str | None = None) -> Note:
    """Add a remark to a sample or turn."""
    store.get(sample_id)
    with store.write(author, "note") as writer:
        return writer.add_note(Note(new_id("note"), sample_id, author, now_ms(), text.strip(), turn))


def save_scheme(store: Store, author: str, scheme: TagScheme) -> TagScheme:
    """Add a scheme or save a changed one as its next version."""
    with store.write(author, f"scheme {scheme.name}") as writer:
        return writer.save_scheme(scheme)


def agreement_on(store: Store, scheme_name: str, ids: Sequence[str]) -> Agreement:
    """Agreement of all people on one scheme over some samples."""
    return agreement(scheme_named(store, scheme_name), store.tags(ids))
