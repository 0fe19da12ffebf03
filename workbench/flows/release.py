"""Builds written to files; and the other steps of a release by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbench.errors import Cancelled, ExportRefused, InvalidInput
from workbench.flows.build import material_of
from workbench.flows.compare import Change, Comparison, compare
from workbench.flows.freezing import Progress, difference, freeze, remove_slice, save_slice, slice_named
from workbench.model import FrozenSlice, Source
from workbench.release import EXPORTERS, About, Entry, Exporter, Material, Options, Staging
from workbench.release.branches import branch_notes
from workbench.release.card import write_card
from workbench.release.claims import claim_notes
from workbench.release.guarantees import guarantee_notes
from workbench.release.manifest import Manifest, counts_of, manifest_bytes
from workbench.release.staging import staging
from workbench.store.base import Store

__all__ = [
    "Change",
    "Comparison",
    "Manifest",
    "compare",
    "difference",
    "export",
    "freeze",
    "remove_slice",
    "save_slice",
    "slice_named",
]

_TOLD = 1_000


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
    notes = known_notes(material.about)
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
    check_options(exporters, options)


def check_options(exporters: Iterable[Exporter], options: Options) -> None:
    """Raises `InvalidInput` for an option that none of the formats has, and for a value that is not possible."""
    known = {option.name: option for exporter in exporters for option in exporter.options}
    for name in options:
        if name not in known:
            hint = f"options of these formats: {', '.join(sorted(known)) or 'none'}"
            raise InvalidInput(f"no chosen format has an option {name!r}", hint=hint)
        known[name].of(options)


def known_notes(about: About) -> list[str]:
    """What deserves a look whatever the format: branches, tiers claimed too high, lost guarantees, licences."""
    licences = (note for source in about.sources for note in _licence_notes(source))
    return [*branch_notes(about), *claim_notes(about), *guarantee_notes(about), *licences]


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
