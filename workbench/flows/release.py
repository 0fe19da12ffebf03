"""Slices: saved, frozen, compared, exported."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from workbench.errors import Cancelled, ExportRefused, InvalidInput, NotFound
from workbench.flows.build import Gathered, gather, material_of
from workbench.flows.compare import Change, Comparison, compare
from workbench.ids import new_id, now_ms
from workbench.model import FrozenSlice, SliceSpec, Source
from workbench.release import EXPORTERS, Entry, Exporter, Material, Staging
from workbench.release.branches import branch_notes
from workbench.release.card import write_card
from workbench.release.manifest import Manifest, counts_of, manifest_bytes
from workbench.release.staging import staging
from workbench.search import BuildRows
from workbench.store.base import Store, Writer

__all__ = ["Change", "Comparison", "Manifest", "compare", "export", "freeze", "save_slice", "slice_named"]

Progress = Callable[[int, int | None, str], None]

_READS = 3
_TOLD = 1_000


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


def slice_named(store: Store, name: str) -> SliceSpec:
    """The saved query of that name; raises `NotFound` with the nearest names."""
    specs = {spec.name: spec for spec in store.slices()}
    if name in specs:
        return specs[name]
    near = difflib.get_close_matches(name, specs, n=3)
    proposal = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
    known = ", ".join(sorted(specs)) or "none"
    raise NotFound(f"no slice {name!r}{proposal}", hint=f"known: {known}; save one by giving it a query")


def freeze(store: Store, index: Rows, name: str, *, author: str) -> FrozenSlice:
    """Pin what the slice finds now, under one hash.

    Imported side branches (other replies, rejected answers) are left out and counted, unless the query asks for them:
    with ``branch:``, or for single ones with ``id:`` or ``parent:``.

    Pinned are the samples' ids and revisions, the versions of the schemes, the answers people and machines gave so
    far, which drafts they preferred, and the sources with their licences. They are kept beside the frozen slice
    (`Store.frozen_parts`), so that it gives the same files later, whatever is tagged, edited or decided meanwhile.
    """
    query = slice_named(store, name).query
    for _ in range(_READS):
        seq = store.change_seq()
        gathered = gather(store, index.build_rows(query), query)
        with store.write(author, f"freeze {name}", undoable=False) as writer:
            if store.change_seq() == seq:  # nobody wrote meanwhile: what was read belongs together
                return _keep(writer, name, query, gathered, author)
    with store.write(author, f"freeze {name}", undoable=False) as writer:  # others never pause: hold them up once
        return _keep(writer, name, query, gather(store, index.build_rows(query), query), author)


def export(
    store: Store,
    frozen: FrozenSlice,
    out: Path,
    *,
    to: Sequence[str],
    author: str,
    options: Mapping[str, Any] | None = None,
    progress: Progress = lambda done, total, message: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Manifest:
    """Write a frozen slice to the new folder `out`; afterwards it is there whole, or not at all.

    Args:
        store: where the slice was frozen.
        frozen: what to write; the same slice gives the same bytes.
        out: a folder that does not exist yet.
        to: names of exporters.
        author: who exports; written to the journal.
        options: for all exporters together; see each one's `options`.
        progress: told the number of samples written, about every thousand.
        cancelled: asked as often whether to stop.

    Raises:
        ExportRefused: for an empty slice, nothing to write, or a target that exists or cannot be written.
        UnknownName: for a format that is not known.
        InvalidInput: for an option that no chosen format understands.
        Cancelled: when `cancelled` says so; nothing is left behind.
    """
    exporters = [EXPORTERS.get(name) for name in sorted(set(to))]
    pinned = material_of(store, frozen)
    _check(pinned, exporters, options or {})
    material = _watched(pinned, len(exporters), progress, cancelled)
    with staging(out) as stage:
        manifest = _write(stage, material, exporters, options or {})
        stage.publish(manifest_bytes(manifest, frozen, material.about))
    with store.write(author, f"export {frozen.name}", undoable=False) as writer:
        told = {"frozen": frozen.id, "hash": frozen.hash, "path": str(manifest.path), "formats": manifest.formats}
        writer.log("export", told)
    return manifest


def _write(stage: Staging, material: Material, exporters: Sequence[Exporter], options: Mapping[str, Any]) -> Manifest:
    notes = [*branch_notes(material.about)]
    notes.extend(note for source in material.about.sources for note in _licence_notes(source))
    for exporter in exporters:
        notes.extend(f"{exporter.name}: {note}" for note in exporter.write(material, stage, options))
        if exporter.loses:
            notes.append(f"{exporter.name}: does not hold {', '.join(exporter.loses)}")
    if not any(file.records for file in stage.files):
        raise ExportRefused(
            f"there is nothing to write: {'; '.join(notes) or 'no records'}", hint="choose another format or slice"
        )
    write_card(stage, material, exporters, notes)
    names = tuple(exporter.name for exporter in exporters)
    files = tuple(sorted(stage.files, key=lambda file: file.name))
    about = material.about
    return Manifest(stage.target, files, counts_of(about), material.frozen.hash, names, tuple(notes))


def _check(material: Material, exporters: Sequence[Exporter], options: Mapping[str, Any]) -> None:
    if not exporters:
        raise InvalidInput("no format was chosen", hint=f"choose one or more of: {', '.join(EXPORTERS.names())}")
    frozen = material.frozen
    if not frozen.members:
        found = f"its query finds nothing: {frozen.query or '(all samples)'}"
        raise ExportRefused(
            f"the slice {frozen.name!r} is empty", hint="; ".join(branch_notes(material.about)) or found
        )
    known = sorted({name for exporter in exporters for name in exporter.options})
    for name in options:
        if name not in known:
            hint = f"options of these formats: {', '.join(known) or 'none'}"
            raise InvalidInput(f"no chosen format has an option {name!r}", hint=hint)


def _licence_notes(source: Source) -> list[str]:
    if source.license == "unknown":
        return [f"the licence of the source {source.name!r} is unknown: find out before you pass this on"]
    if not source.license_evidence:
        return [f"the licence of the source {source.name!r} ({source.license}) has no evidence"]
    return []


def _watched(material: Material, passes: int, progress: Progress, cancelled: Callable[[], bool]) -> Material:
    """The material with a look at `cancelled` and a word to `progress` every thousand samples."""
    total = material.about.samples * passes
    done = 0

    def entries() -> Iterator[Entry]:
        nonlocal done
        for entry in material.entries():
            if done % _TOLD == 0:
                if cancelled():
                    raise Cancelled("the export was stopped", hint="nothing was left behind")
                progress(done, total, "writing")
            done += 1
            yield entry

    return replace(material, entries=entries)


def _keep(writer: Writer, name: str, query: str, gathered: Gathered, author: str) -> FrozenSlice:
    frozen = FrozenSlice(
        new_id("frz"), name, query, gathered.members, gathered.schemes, gathered.hash, author, now_ms()
    )
    writer.add_frozen(frozen, gathered.parts)
    return frozen
