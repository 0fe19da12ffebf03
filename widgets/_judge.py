"""What models think of drafts: asking one, and its opinion beside each draft with how far it can be relied on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from widgets._typed import budget_from
from workbench.records import to_record

USUAL = 10


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``judge.*``."""

    def estimate(run: str | None = None, count: int = USUAL) -> dict[str, Any]:
        found: dict[str, Any] = to_record(ws.judge_estimate(run=run, canaries=count))
        return found

    def start(
        run: str | None = None, count: int = USUAL, budget: Mapping[str, Any] | None = None, seed: int = 0
    ) -> dict[str, Any]:
        job = ws.judge(run=run, canaries=count, budget=budget_from(budget or {}), seed=seed)
        return {"job": job.id, "run": job.subject}

    return {
        "judge.estimate": estimate,
        "judge.start": start,
        "judge.list": lambda: [judgement_view(found) for found in ws.judgements()],
    }


class Opinions:
    """The newest opinion of each draft; read again when a judge has said more."""

    def __init__(self, ws: Any) -> None:
        self._ws = ws
        self._seen = 0
        self._known: dict[str, dict[str, Any]] = {}

    def look(self) -> Opinions:
        """Bring it up to date."""
        seen = self._ws.newest_opinion()
        if seen != self._seen:
            self._seen, self._known = seen, {}
            for found in reversed(self._ws.judgements()):
                trust = judgement_view(found)
                for draft, opinion in found.opinions.items():
                    told = {"scores": dict(opinion.scores), "reason": opinion.reason, "flagged": opinion.flagged}
                    self._known[draft] = {**told, "trust": trust}
        return self

    def of(self, draft: str) -> dict[str, Any] | None:
        """An opinion with what it is worth; None without any."""
        return self._known.get(draft)

    def mark(self, draft: str) -> str:
        """For a line of the queue: "flagged" or "fine", "doubt" for a model not to be relied on, or ""."""
        found = self.of(draft)
        if found is None:
            return ""
        return ("flagged" if found["flagged"] else "fine") if found["trust"]["reliable"] else "doubt"


def judgement_view(found: Any) -> dict[str, Any]:
    """What one run of a judge is worth. Rates are [number, of]; ranges [low, high] or None."""
    return {
        "run": found.run.id,
        "model": found.run.model or "",
        "state": found.run.state,
        "drafts": len(found.opinions),
        "flagged": sum(opinion.flagged for opinion in found.opinions.values()),
        "caught": [found.caught.number, found.caught.of],
        "caught_range": found.caught.range,
        "alarms": [found.alarms.number, found.alarms.of],
        "alarms_range": found.alarms.range,
        "people": [found.people.number, found.people.of],
        "length": found.length,
        "least": found.least,
        "reliable": found.reliable,
    }
