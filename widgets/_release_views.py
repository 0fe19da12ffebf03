"""What the page Release shows of slices, builds, comparisons, previews and exports: JSON data, no commands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workbench.errors import QueryError
from workbench.model import FrozenSlice, SliceSpec
from workbench.records import to_record

MOST_CARD = 200_000
"""Characters of a card that are shown."""

MOST_CHANGES = 200
"""Samples named of each group of a comparison; all of them are counted."""

MOST_PREVIEW = 20_000
"""Characters of a file's beginning that are shown."""

MOST_FILES = 6
"""Files of a preview that are shown."""

MOST_REASONS = 8
"""Different wordings of one kind of reason that are shown."""


def slice_view(ws: Any, spec: SliceSpec) -> dict[str, Any]:
    """A slice with what it finds now and its last build. A query that no longer reads is told, not raised."""
    builds = ws.builds(spec.name)
    view = {**to_record(spec), "builds": len(builds), "last": build_view(builds[-1]) if builds else None}
    return {**view, **count_view(ws, spec)}


def count_view(ws: Any, spec: SliceSpec) -> dict[str, Any]:
    """How many samples a slice finds now, or why its query no longer reads."""
    try:
        return {"count": ws.count(spec.query)}
    except QueryError as exc:
        return {"count": None, "problem": exc.as_dict()}


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
        "loses": to_record(exporter.loses),
        "options": [
            {"name": option.name, "title": option.title, "values": list(option.values)} for option in exporter.options
        ],
    }


def comparison_view(comparison: Any) -> dict[str, Any]:
    """What changed between two builds, grouped by the kinds of reason; all counted, the first of each group named."""
    parts = {name: getattr(comparison, name) for name in ("entered", "left", "changed")}
    return {
        "summary": comparison.summary,
        "counts": {name: len(changes) for name, changes in parts.items()},
        **{name: groups_of(changes) for name, changes in parts.items()},
    }


def groups_of(changes: Sequence[Any]) -> list[dict[str, Any]]:
    """Changes with the same kinds of reason together, the largest group first."""
    groups: dict[tuple[str, ...], list[Any]] = {}
    for change in changes:
        groups.setdefault(change.kinds, []).append(change)
    return [
        {
            "kinds": kinds,
            "count": len(group),
            "samples": [change.sample for change in group[:MOST_CHANGES]],
            "reasons": [
                {"words": words, "count": count}
                for words, count in Counter(change.reason for change in group).most_common(MOST_REASONS)
            ],
        }
        for kinds, group in sorted(groups.items(), key=lambda item: -len(item[1]))
    ]


def preview_view(found: Any) -> dict[str, Any]:
    """How the files of an export begin, as text or as a table, what deserves a look, and the card as it stands."""
    return {
        "format": found.format,
        "files": [
            {
                "name": file.name,
                "records": file.records,
                "whole": file.whole and len(file.start) <= MOST_PREVIEW,
                "text": None if file.table else file.start.decode("utf-8", errors="replace")[:MOST_PREVIEW],
                "table": to_record(file.table) if file.table else None,
            }
            for file in found.files[:MOST_FILES]
        ],
        "notes": list(found.notes),
        "card": found.card[:MOST_CARD],
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
