"""Slices, builds and exports: commands and widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from widgets import _jobs, _steps
from widgets._collect_files import complete
from widgets._panel import Panel, bundle
from widgets._release_views import (
    build_view,
    comparison_view,
    count_view,
    exporter_view,
    manifest_view,
    preview_view,
    slice_view,
)
from widgets._work import result_of
from workbench.errors import InvalidInput, NotFound
from workbench.model import FrozenSlice, SliceSpec

AT_ONCE = 1_000
"""A slice of at most this many samples is compared with its last build within the command; a larger one as a job."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``release.*`` and ``slice.*``."""
    return {**slice_commands(ws), **export_commands(ws)}


def slice_commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Saved queries, their builds, and what differs between those. Freezing and comparing may take long: jobs."""

    def save(name: str, where: str, title: str = "") -> dict[str, Any]:
        if not name.strip():
            raise InvalidInput("the slice has no name", hint="a short name, for example lab-results")
        ws.slice(name.strip(), where, title=title.strip())
        return slice_view(ws, _spec(ws, name.strip()))

    def compare(old: str, new: str) -> dict[str, Any]:
        return comparison_view(ws.compare_builds(_build(ws, old), _build(ws, new)))

    def now(name: str) -> dict[str, Any]:
        builds = ws.builds(name)
        if not builds:
            return {"found": None}
        if max(len(builds[-1].members), ws.count(_spec(ws, name).query)) > AT_ONCE:
            return {"job": ws.difference_job(builds[-1]).id}
        return {"found": comparison_view(ws.difference(builds[-1]))}

    def remove(name: str) -> dict[str, Any]:
        ws.remove_slice(name)
        return {"removed": name, "step": ws.steps(1)[0].id}

    return {
        "slice.save": save,
        "slice.remove": remove,
        "slice.count": lambda where: {"count": ws.count(where)},
        "slice.counts": lambda: {spec.name: count_view(ws, spec) for spec in ws.slices()},
        "slice.builds": lambda name: [build_view(frozen) for frozen in reversed(ws.builds(name))],
        "slice.freeze": lambda name: {"job": ws.freeze_job(name).id},
        "slice.frozen": lambda job: build_view(result_of(ws, job)),
        "slice.compare": compare,
        "slice.now": now,
        "slice.difference": lambda job: comparison_view(result_of(ws, job)),
    }


def export_commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """What a build holds in a format, and writing it."""

    def start() -> dict[str, Any]:
        return {
            "slices": [slice_view(ws, spec) for spec in ws.slices()],
            "exporters": [exporter_view(item) for item in ws.exporters()],
            "out": str(Path(ws.path) / "exports") + "/",
        }

    def export(build: str, out: str, to: Sequence[str], options: Mapping[str, Any] | None = None) -> dict[str, Any]:
        frozen, folder = _build(ws, build), target(ws, out)
        if not to:
            raise InvalidInput("no format was chosen", hint="tick at least one")
        job = ws.export_job(frozen, folder, to=list(to), options=options)
        return {"job": job.id, "out": str(folder)}

    def preview(build: str, to: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return preview_view(ws.preview_export(_build(ws, build), to, options=options))

    return {
        "release.start": start,
        "release.complete": lambda text="": complete(text, base=Path(ws.path)),
        "release.preview": preview,
        "release.export": export,
        "release.exported": lambda job: manifest_view(result_of(ws, job)),
    }


def target(ws: Any, out: str) -> Path:
    """The new folder an export is written to; a relative one is below the workspace's folder of exports."""
    if not out.strip():
        raise InvalidInput("no folder was given", hint="name a new folder for the export")
    folder = Path(ws.path) / "exports" / Path(out.strip()).expanduser()
    if folder.is_file():
        raise InvalidInput(f"{folder} is a file", hint="name a new folder")
    return folder


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

    answers = (commands, _jobs.commands, _steps.commands)

    _esm = bundle("release")
