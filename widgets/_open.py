"""One sample with everything the conversation pane shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from widgets._findings import findings_view
from widgets._views import visible
from workbench.errors import NotFound
from workbench.model import Generated
from workbench.records import to_record
from workbench.text import snippet

TITLE_CHARS = 90
MOST_CHILDREN = 20
"""Children named by title; further ones are counted."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Command ``sample.open``."""
    return {"sample.open": lambda id: {**opened(ws, id), "found": _found(ws, ws.get(id))}}


def opened(ws: Any, sample_id: str) -> dict[str, Any]:
    """The sample, its tags and notes, where it came from and what was made of it."""
    sample = ws.get(sample_id)
    family = ws.lineage(sample_id)
    branch = (family.branch_of,) if family.branch_of else ()
    return {
        "sample": to_record(sample),
        "synthetic": sample.origin.synthetic,
        "depth": sample.origin.depth,
        "source": next((source for source in ws.sources() if source.id == sample.source), None),
        "tags": visible(ws.tags([sample_id]), ws.schemes(), ws.author),
        "notes": ws.notes(sample_id),
        "pairs": ws.pairs([sample_id]),
        "parents": list(family.parents),
        "children": list(family.children),
        "branch_of": family.branch_of,
        "place": _place(ws, sample_id),
        "titles": _titles(ws, (*family.parents, *branch, *family.children[:MOST_CHILDREN])),
    }


def _found(ws: Any, sample: Any) -> list[dict[str, Any]]:
    """What the checks found in the text that was accepted: in the draft's, or in it as a person changed it before."""
    origin = sample.origin
    if not isinstance(origin, Generated):
        return []
    if origin.gates or origin.edited_by:
        return findings_view(origin.gates)
    try:
        return findings_view(ws.draft(origin.draft).gates)
    except NotFound:  # it was made in another workspace, and imported
        return []


def _place(ws: Any, sample_id: str) -> dict[str, Any]:
    """How high it stands in the data pyramid, and the gates to the top that it has not passed."""
    place = ws.pyramid([sample_id]).places[sample_id]
    return {"tier": place.tier, "missing": list(place.missing)}


def title_of(sample: Any) -> str:
    """A sample's title, else how it begins."""
    first = next((turn.content for turn in sample.turns if turn.content.strip()), "")
    return snippet(sample.title or first, TITLE_CHARS)


def _titles(ws: Any, ids: Sequence[str]) -> dict[str, str]:
    return {sample.id: title_of(sample) for sample in ws.samples(list(dict.fromkeys(ids)))} if ids else {}
