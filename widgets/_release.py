"""Slices, builds and exports: commands and widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from widgets import _jobs
from widgets._collect_files import complete
from widgets._panel import Panel, bundle
from widgets._work import result_of
from workbench.errors import InvalidInput, NotFound, QueryError
from workbench.model import FrozenSlice, SliceSpec
from workbench.records import to_record

MOST_CARD = 200_000
"""Characters of a card that are shown."""

MOST_CHANGES = 200
"""Samples named of each part of a comparison."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``release.*`` and ``slice.*``."""

    def start() -> dict[str, Any]:
        return {
            "slices": [slice_view(ws, spec) for spec in ws.slices()],
            "exporters": [exporter_view(item) for item in ws.exporters()],
            "out": str(Path(ws.path) / "exports") + "/",
        }

    def save(name: str, where: str, title: str = "") -> dict[str, Any]:
        if not name.strip():
            raise InvalidInput("the slice has no name", hint="a short name, for example lab-results")
        ws.slice(name.strip(), where, title=title.strip())
        return slice_view(ws, _spec(ws, name.strip()))

    def export(build: str, out: str, to: Sequence[str], options: Mapping[str, Any] | None = None) -> dict[str, Any]:
        frozen, folder = _build(ws, build), target(ws, out)
        if not to:
            raise InvalidInput("no format was chosen", hint="tick at least one")
        job = ws.export_job(frozen, folder, to=list(to), options=options)
        return {"job": job.id, "out": str(folder)}

    def compare(old: str, new: str) -> dict[str, Any]:
        return comparison_view(ws.compare_builds(_build(ws, old), _build(ws, new)))

    return {
        "release.start": start,
        "slice.save": save,
        "slice.count": lambda where: {"count": ws.count(where)},
        "slice.builds": lambda name: [build_view(frozen) for frozen in reversed(ws.builds(name))],
        "slice.freeze": lambda name: build_view(ws.freeze(name)),
        "slice.compare": compare,
        "release.complete": lambda text="": complete(text, base=Path(ws.path)),
        "release.export": export,
        "release.exported": lambda job: manifest_view(result_of(ws, job)),
    }


def slice_view(ws: Any, spec: SliceSpec) -> dict[str, Any]:
    """A slice with what it finds now and its last build. A query that no longer reads is told, not raised."""
    builds = ws.builds(spec.name)
    view = {**to_record(spec), "builds": len(builds), "last": build_view(builds[-1]) if builds else None}
    try:
        return {**view, "count": ws.count(spec.query)}
    except QueryError as exc:
        return {**view, "count": None, "problem": exc.as_dict()}


def build_view(frozen: FrozenSlice) -> dict[str, Any]:
    """A build without its members."""
    return {
        "id": frozen.id,
        "name": frozen.name,
        "query": frozen.query,
        "count": len(frozen.members),
        "hash": frozen.hash,
        "author": frozen.author,
        "at": frozen.at,
    }


def exporter_view(exporter: Any) -> dict[str, Any]:
    """An export format with what it does and what it cannot keep."""
    return {
        "name": exporter.name,
        "title": exporter.title,
        "description": exporter.description,
        "loses": to_record(getattr(exporter, "loses", "")),
    }


def target(ws: Any, out: str) -> Path:
    """The new folder an export is written to; a relative one is below the workspace's folder of exports."""
    if not out.strip():
        raise InvalidInput("no folder was given", hint="name a new folder for the export")
    folder = Path(ws.path) / "exports" / Path(out.strip()).expanduser()
    if folder.is_file():
        raise InvalidInput(f"{folder} is a file", hint="name a new folder")
    return folder


def comparison_view(comparison: Any) -> dict[str, Any]:
    """What changed between two builds: all of it counted, the first of it named with its reason."""
    parts = {name: getattr(comparison, name) for name in ("entered", "left", "changed")}
    return {
        "summary": comparison.summary,
        "counts": {name: len(changes) for name, changes in parts.items()},
        **{name: to_record(changes[:MOST_CHANGES]) for name, changes in parts.items()},
    }


def manifest_view(manifest: Any) -> dict[str, Any]:
    """What was written: files, sizes, hashes, what deserves a look, and the card as text."""
    return {
        "out": str(manifest.path),
        "files": to_record(manifest.files),
        "counts": dict(manifest.counts),
        "hash": manifest.hash,
        "notes": list(manifest.notes),
        "card": card_text(Path(manifest.path)),
    }


def card_text(out: Path) -> str:
    """The dataset card of an export: at its top, else the first one below."""
    card = next((path for path in (out / "README.md", *sorted(out.glob("*/README.md"))) if path.is_file()), None)
    return card.read_text(encoding="utf-8", errors="replace")[:MOST_CARD] if card else ""


def _spec(ws: Any, name: str) -> SliceSpec:
    found = next((spec for spec in ws.slices() if spec.name == name), None)
    if found is None:
        raise NotFound(f"there is no slice {name!r}", hint="it may have been renamed in another notebook")
    return found


def _build(ws: Any, build_id: str) -> FrozenSlice:
    found = next((frozen for frozen in ws.builds() if frozen.id == build_id), None)
    if found is None:
        raise NotFound(f"there is no build {build_id}", hint="freeze the slice again")
    return found


class ReleasePanel(Panel):
    """Slices, their builds, and what was exported from them.

    Example:
        ``ReleasePanel(ws)``
    """

    answers = (commands, _jobs.commands)

    _esm = bundle("release")
