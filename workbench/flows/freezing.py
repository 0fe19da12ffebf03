"""Slices: saved, frozen, and what freezing now would change."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from workbench.errors import Cancelled, InvalidInput, NotFound
from workbench.flows.build import Gathered, gather
from workbench.flows.compare import Comparison, Side, compare_sides, side_of
from workbench.flows.guarantees import Guarantees
from workbench.ids import new_id, now_ms
from workbench.model import FrozenSlice, SliceSpec
from workbench.release.pins import about_of, pins_of
from workbench.search import BuildRows
from workbench.search.rewriting import uses_slice
from workbench.store.base import Store
from workbench.store.writer import Writer

Progress = Callable[[int, int | None, str], None]
"""Hears how many of how many, and what is being done."""

_READS = 3


class Rows(Protocol):
    """What freezing needs of the index."""

    def build_rows(self, query: str) -> BuildRows:
        """Row numbers of all samples a query finds, but imported side branches only where it asks for them."""


def save_slice(store: Store, author: str, spec: SliceSpec) -> SliceSpec:
    """Keep a query under a name; replaces the query kept under it before."""
    name = spec.name.strip()
    if not name:
        raise InvalidInput("a slice needs a name", hint="for example lab-results")
    saved = replace(spec, name=name, author=spec.author or author, created_at=spec.created_at or now_ms())
    with store.write(author, f"slice {name}") as writer:
        writer.save_slice(saved)
    return saved


def remove_slice(store: Store, author: str, name: str) -> SliceSpec:
    """Forget a saved query, as one step that can be undone; builds that were frozen from it keep their samples.

    Raises `NotFound`, and `InvalidInput` when other saved queries ask for it: they could not be read any more.
    """
    spec = slice_named(store, name)
    users = [other.name for other in store.slices() if other.name != name and uses_slice(other.query, name)]
    if users:
        used = ", ".join(map(repr, users))
        raise InvalidInput(f"the slice {name!r} is used by {used}", hint="change or remove what uses it first")
    with store.write(author, f"remove slice {name}") as writer:
        writer.remove_slice(name)
    return spec


def slice_named(store: Store, name: str) -> SliceSpec:
    """The saved query of that name; raises `NotFound` with the nearest names."""
    specs = {spec.name: spec for spec in store.slices()}
    if name in specs:
        return specs[name]
    near = difflib.get_close_matches(name, specs, n=3)
    message = f"no slice {name!r}; did you mean {' or '.join(map(repr, near))}?" if near else f"no slice {name!r}"
    known = ", ".join(sorted(specs)) or "none"
    raise NotFound(message, hint=f"known: {known}; save one by giving it a query")


def freeze(
    store: Store,
    index: Rows,
    name: str,
    *,
    author: str,
    progress: Progress = lambda done, total, message: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> FrozenSlice:
    """Pin what the slice finds now, under one hash.

    Imported side branches (other replies, rejected answers) are left out and counted, unless the query asks for them:
    with ``branch:``, or for single ones with ``id:`` or ``parent:``.

    Pinned are the samples' ids and revisions, the versions of the schemes, the answers people and machines gave so
    far, which drafts they preferred, and the sources with their licences. They are kept beside the frozen slice
    (`Store.frozen_parts`), so that it gives the same files later, whatever is tagged, edited or decided meanwhile.

    A proof, or code with tests, that a sample carries and its words do not give is pinned as lost: the sample goes out
    without it, and every export says so.

    `progress` is told the number of samples read and `cancelled` is asked whether to stop, about every five hundred;
    stopped (`Cancelled`), nothing is kept.
    """
    query = slice_named(store, name).query
    told, guarantees = _reading(progress, cancelled), Guarantees(store)
    for _ in range(_READS):
        seq = store.change_seq()
        gathered = gather(store, index.build_rows(query), query, told, guarantees)
        with store.write(author, f"freeze {name}", undoable=False) as writer:
            if store.change_seq() == seq:  # nobody wrote meanwhile: what was read belongs together
                return _keep(writer, name, query, gathered, author)
    with store.write(author, f"freeze {name}", undoable=False) as writer:  # others never pause: hold them up once
        gathered = gather(store, index.build_rows(query), query, guarantees=guarantees)
        return _keep(writer, name, query, gathered, author)


def difference(
    store: Store,
    index: Rows,
    frozen: FrozenSlice,
    *,
    progress: Progress = lambda done, total, message: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Comparison:
    """What freezing the slice now would change against a build of it. Changes nothing."""
    query = slice_named(store, frozen.name).query
    gathered = gather(store, index.build_rows(query), query, _reading(progress, cancelled))
    head = about_of(gathered.parts[0])
    now = Side(query, len(gathered.members), now_ms(), head, lambda: pins_of(iter(gathered.parts)))
    return compare_sides(store, side_of(store, frozen), now)


def _reading(progress: Progress, cancelled: Callable[[], bool]) -> Callable[[int, int], None]:
    def told(done: int, total: int) -> None:
        if cancelled():
            raise Cancelled("freezing was stopped", hint="nothing was kept")
        progress(done, total, "reading")

    return told


def _keep(writer: Writer, name: str, query: str, gathered: Gathered, author: str) -> FrozenSlice:
    frozen = FrozenSlice(
        new_id("frz"), name, query, gathered.members, gathered.schemes, gathered.hash, author, now_ms()
    )
    writer.add_frozen(frozen, gathered.parts)
    return frozen
