"""Importing files: commands and widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from widgets import _jobs, _tags
from widgets._collect_files import MOST_UPLOAD, Uploads, file_commands, resolved
from widgets._panel import Panel, bundle
from widgets._typed import source_from
from widgets._work import result_of

MOST_PROBLEMS = 200
"""Quarantined records shown of one import; further ones are counted."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``collect.*`` and ``file.*``."""
    uploads = Uploads()
    base = Path(ws.path).parent

    def start() -> dict[str, Any]:
        return {
            "formats": [{"name": item.name, "title": item.title} for item in ws.importers()],
            "sources": ws.sources(),
            "imports": ws.imports(),
            "places": places(ws),
            "most_upload": MOST_UPLOAD,
        }

    def preview(path: str, format: str | None = None, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
        found = resolved(path, base=base)
        return {"path": str(found), "name": found.name, "preview": ws.preview(found, format=format, options=options)}

    def begin(
        path: str,
        source: Mapping[str, Any],
        format: str | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        found = resolved(path, base=base)
        job = ws.collect_job(found, source=source_from(source, ws.sources()), format=format, options=options)
        job.on_end(lambda ended: uploads.discard(found) if ended.state == "done" else None)
        return {"job": job.id}

    return {
        "collect.start": start,
        "collect.preview": preview,
        "collect.import": begin,
        "collect.report": lambda job: report_view(ws, result_of(ws, job)),
        "collect.imports": lambda: {"imports": ws.imports(), "sources": ws.sources()},
        "collect.problems": lambda id: problems_view(ws, id),
        **file_commands(base, uploads),
    }


def places(ws: Any) -> list[dict[str, str]]:
    """Where looking for a file begins: beside the workspace, and the person's home."""
    near, home = Path(ws.path).parent, Path.home()
    found = [{"label": "Beside the workspace", "path": f"{near}/"}]
    return found if home == near else [*found, {"label": "Home", "path": f"{home}/"}]


def report_view(ws: Any, report: Any) -> dict[str, Any]:
    """An import in numbers that add up, with the first of what was quarantined."""
    return {
        "import": report.import_id,
        "read": report.read,
        "imported": report.imported,
        "duplicates": report.duplicates,
        "format": report.format,
        "notes": report.notes,
        "source": getattr(report.source, "name", report.source),
        **problems_view(ws, report.import_id),
    }


def problems_view(ws: Any, import_id: str) -> dict[str, Any]:
    """What an import quarantined: all of it counted, the first of it shown."""
    problems = ws.problems(import_id) if import_id else []
    return {"quarantined": len(problems), "problems": problems[:MOST_PROBLEMS]}


class CollectPanel(Panel):
    """Choose a file, look at what is in it, import it.

    Example:
        ``CollectPanel(ws)``
    """

    answers = (commands, _jobs.commands, _tags.commands)

    _esm = bundle("collect")
