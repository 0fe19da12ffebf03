"""The same change elsewhere: an edit as rules, what they fit as word diffs, and the change there as one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from widgets._findings import findings_view
from widgets._open import title_of
from widgets._typed import rule_from
from widgets._work import result_of
from workbench.model import Sample, Turn
from workbench.records import to_record
from workbench.text import word_diff

MOST_ROWS = 25


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``repeat.*``. What reads and writes many texts is a job."""

    def offered(job: str) -> dict[str, Any]:
        found = result_of(ws, job)
        return {
            "run": found.run,
            "corrections": [
                {
                    "removed": offer.correction.removed,
                    "added": offer.correction.added,
                    "rules": [asdict(rule) for rule in offer.correction.rules],
                    "best": offer.correction.best,
                    "fits": offer.fits,
                }
                for offer in found.corrections
            ],
        }

    def look(rule: Mapping[str, Any], run: str | None = None, samples: bool = False) -> dict[str, Any]:
        return {"job": ws.fits(rule_from(rule), run, samples=samples).id}

    def report(job: str, offset: int = 0, limit: int = MOST_ROWS) -> dict[str, Any]:
        found = result_of(ws, job)
        return {
            "read": found.read,
            "found": len(found.found),
            "hits": found.hits,
            "beyond": found.beyond,
            "emptied": found.emptied,
            "live": found.live,
            "broken": [fit.id for fit in found.found if _broken(fit)],
            "unsure": sum(bool(fit.worse) and not _broken(fit) for fit in found.found),
            "rows": [_row(one) for one in ws.shown_fits(found, offset, min(limit, MOST_ROWS))],
        }

    def done(job: str) -> dict[str, Any]:
        made = result_of(ws, job)
        return {
            "drafts": made.drafts,
            "samples": made.samples,
            "hits": made.hits,
            "conflicts": len(made.conflicts),
        }

    def apply(job: str, without: Sequence[str] = ()) -> dict[str, Any]:
        return {"job": ws.repeat(result_of(ws, job), without=list(without)).id}

    return {
        "repeat.offer": lambda id, samples=False: {"job": ws.offers(id, samples=samples).id},
        "repeat.offered": offered,
        "repeat.look": look,
        "repeat.report": report,
        "repeat.apply": apply,
        "repeat.done": done,
    }


def _broken(fit: Any) -> bool:
    """Whether a gate speaks against the changed words that did not before."""
    return any(finding.severity == "problem" for finding in fit.worse)


def _row(one: Any) -> dict[str, Any]:
    fit, now, turns, hits, stale = one
    changed = {hit.turn for hit in hits}
    sample = isinstance(now, Sample)
    return {
        "id": fit.id,
        "kind": fit.kind,
        "title": title_of(now) if sample else "",
        "recipe": "" if sample else now.recipe,
        "row": 0 if sample else now.row,
        "run": "" if sample else now.run,
        "stale": stale,
        "hits": fit.hits,
        "emptied": fit.emptied,
        "checked": fit.checked,
        "worse": findings_view(fit.worse),
        "better": findings_view(fit.better),
        "turns": [
            _turn(place, old, new)
            for place, (old, new) in enumerate(zip(now.turns, turns, strict=True), 1)
            if old.id in changed
        ],
    }


def _turn(place: int, old: Turn, new: Turn) -> dict[str, Any]:
    parts = [to_record(part) for part in word_diff(old.content, new.content)]
    return {"turn": place, "role": old.role, "parts": parts}
