"""Tagging: one call is one step of one author, however many samples it touches."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from workbench.errors import InvalidInput, NotFound, UnknownName
from workbench.ids import new_id, now_ms
from workbench.label import FLAG, Agreement, agreement, check_scheme, check_value, default_schemes
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
    """Set the author's answer on some samples (or one turn of each); returns how many answers changed.

    Raises `InvalidInput` for a value that is no answer to the scheme, `NotFound` for a sample or turn that is missing.
    """
    scheme = scheme_named(store, scheme_name)
    answer = check_value(scheme, value)
    check_turn(store, ids, turn)
    tag = Tag("", scheme.name, answer, author, now_ms(), turn, note, confidence, machine, scheme.version)
    with store.write(author, f"tag {scheme.name}") as writer:
        return writer.tag([replace(tag, sample=sample_id) for sample_id in ids])


def tag_rows(store: Store, author: str, rows: Any, scheme_name: str, value: object, *, note: str = "") -> int:
    """Set (or with None remove) the author's answer on row numbers, in bulk, as one step."""
    scheme = scheme_named(store, scheme_name)
    answer = None if value is None else check_value(scheme, value)
    with store.write(author, f"tag {scheme.name}" if answer is not None else f"remove {scheme.name}") as writer:
        return writer.tag_rows(rows, scheme.name, answer, note=note)


def untag_samples(store: Store, author: str, ids: Sequence[str], scheme: str, *, turn: str | None = None) -> int:
    """Remove the author's answers; returns how many there were. A turn that was deleted since may be named."""
    check_turn(store, ids, turn, deleted=True)
    with store.write(author, f"remove {scheme}") as writer:
        return writer.untag([(sample_id, turn, scheme) for sample_id in ids])


def flag_samples(store: Store, author: str, ids: Sequence[str], on: bool) -> int:
    """Set or remove the author's flag as one step; the scheme is added with the first flag of a workspace."""
    if not any(scheme.name == FLAG.name for scheme in store.schemes()):
        if not on:
            return 0
        with store.write(author, "add flags", undoable=False) as writer:
            writer.save_scheme(FLAG)
    if not on:
        with store.write(author, "remove flag") as writer:
            return writer.untag([(sample_id, None, FLAG.name) for sample_id in ids])
    tag = Tag("", FLAG.name, True, author, now_ms(), scheme_version=scheme_named(store, FLAG.name).version)
    with store.write(author, "flag") as writer:
        return writer.tag([replace(tag, sample=sample_id) for sample_id in ids])


def add_note(store: Store, author: str, sample_id: str, text: str, *, turn: str | None = None) -> Note:
    """Add a remark to a sample or turn."""
    store.get(sample_id)
    check_turn(store, [sample_id], turn)
    with store.write(author, "note") as writer:
        return writer.add_note(Note(new_id("note"), sample_id, author, now_ms(), text.strip(), turn))


def check_turn(store: Store, ids: Sequence[str], turn: str | None, *, deleted: bool = False) -> None:
    """Raise `NotFound` when one of the samples has no such turn (nor, with `deleted`, ever had)."""
    if turn is None:
        return
    for sample in store.samples(ids):
        if sample.turn(turn):
            continue
        if not deleted or not any(one.sample.turn(turn) for one in store.revisions(sample.id)):
            has = ", ".join(one.id for one in sample.turns[:12])
            raise NotFound(f"sample {sample.id} has no turn {turn!r}", hint=f"it has: {has}")


def save_scheme(store: Store, author: str, scheme: TagScheme, *, reserved: Collection[str] = ()) -> TagScheme:
    """Add a scheme or save a changed one as its next version. `reserved` names cannot be taken.

    Raises `InvalidInput` for a scheme that cannot be used, and for another kind while there are answers.
    """
    check_scheme(scheme, reserved)
    old = next((known for known in store.schemes() if known.name == scheme.name), None)
    if old and old.kind != scheme.kind and any(row.scheme == scheme.name for row in store.tag_rows()):
        raise InvalidInput(
            f"{scheme.name} has answers as {old.kind}: it cannot become {scheme.kind}",
            hint="add a scheme of another name",
        )
    with store.write(author, f"scheme {scheme.name}") as writer:
        return writer.save_scheme(scheme)


def agreement_on(store: Store, scheme_name: str, ids: Sequence[str]) -> Agreement:
    """Agreement of all people on one scheme over some samples."""
    return agreement(scheme_named(store, scheme_name), store.tags(ids))
