"""What models think of drafts: asking one, and its opinion beside each draft with how far it can be relied on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from widgets._typed import budget_from
from workbench.records import to_record

MOST = 5
"""The highest mark."""

USUAL = 10

FLAGGED, OFF, FINE, DOUBT = "flagged", "off", "fine", "doubt"
"""What a line of the queue says of an opinion; of one that is not to be relied on, nothing but that.

`OFF` is one in which nothing was found but that the draft seems not to be what it was made for: a mark that no canary
measures, so it moves nothing.
"""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``judge.*``."""

    def estimate(run: str | None = None, count: int = USUAL, pairs: bool = False) -> dict[str, Any]:
        found: dict[str, Any] = to_record(ws.judge_estimate(run=run, canaries=count, pairs=pairs))
        return found

    def start(
        run: str | None = None,
        count: int = USUAL,
        budget: Mapping[str, Any] | None = None,
        seed: int = 0,
        pairs: bool = False,
    ) -> dict[str, Any]:
        job = ws.judge(run=run, canaries=count, budget=budget_from(budget or {}), seed=seed, pairs=pairs)
        return {"job": job.id, "run": job.subject}

    return {
        "judge.estimate": estimate,
        "judge.start": start,
        "judge.list": lambda: [judgement_view(found) for found in ws.judgements()],
        "judge.pairs": lambda: [comparison_view(found) for found in ws.comparisons()],
    }


class Opinions:
    """The newest opinion of each draft; read again when a judge has said more."""

    def __init__(self, ws: Any) -> None:
        self._ws = ws
        self._seen = 0
        self._known: dict[str, dict[str, Any]] = {}
        self._measured: dict[str, tuple[int, ...]] = {}
        self._soonest: list[str] = []

    def look(self) -> Opinions:
        """Bring it up to date."""
        seen = self._ws.newest_opinion()
        if seen != self._seen:
            self._seen, self._known, self._measured = seen, {}, {}
            for found in reversed(self._ws.judgements()):
                trust = judgement_view(found)
                for draft, opinion in found.opinions.items():
                    self._known[draft] = {**_told(opinion), "trust": trust}
                    self._measured[draft] = opinion.measured
            self._soonest = sorted(self._known, key=self.worth)
        return self

    def of(self, draft: str) -> dict[str, Any] | None:
        """An opinion with what it is worth; None without any."""
        return self._known.get(draft)

    def mark(self, draft: str) -> str:
        """For a line of the queue: `FLAGGED`, `OFF` or `FINE`, `DOUBT` for a model not to be relied on, or ""."""
        found = self.of(draft)
        if found is None:
            return ""
        if not found["trust"]["reliable"]:
            return DOUBT
        return FLAGGED if found["flagged"] else OFF if found["off_promise"] else FINE

    def line(self, draft: str) -> dict[str, Any]:
        """For a line of the queue: its mark, and how many test conversations that is weighed on by now."""
        trust = (self.of(draft) or {}).get("trust")
        return {"opinion": self.mark(draft), "weighed": trust["caught"][1] + trust["alarms"][1] if trust else 0}

    def worth(self, draft: str) -> tuple[float, float]:
        """How soon a person should look, by a model that may be relied on: the lower, the sooner.

        A flagged draft by its lowest mark that canaries measure, then by the mean of these; then those nobody was asked
        about, then those in which nothing that is measured was found.
        """
        match self.mark(draft):
            case "flagged":
                marks = self._measured[draft]
                return (float(min(marks)), sum(marks) / len(marks))
            case "off" | "fine":
                return (MOST + 2.0, 0.0)
        return (MOST + 1.0, 0.0)

    def known(self) -> Sequence[str]:
        """Ids of the drafts that a model was asked about, decided or not, those to look at soonest first."""
        return self._soonest

    def about(self, drafts: Sequence[str]) -> dict[str, Any]:
        """Whether these drafts can stand in the order of the opinions, and what the newest of these is worth.

        They can where a model that may be relied on was asked about one of them. `trust` is None where no model was
        asked about any.
        """
        trusts = [found["trust"] for draft in drafts if (found := self.of(draft))]
        sure = [trust for trust in trusts if trust["reliable"]]
        return {"can": bool(sure), "trust": next(iter(sure or trusts), None)}


def _told(opinion: Any) -> dict[str, Any]:
    return {
        "scores": dict(opinion.scores),
        "reason": opinion.reason,
        "flagged": opinion.flagged,
        "off_promise": opinion.off_promise,
    }


def judgement_view(found: Any) -> dict[str, Any]:
    """What one run of a judge is worth. Rates are [number, of]; ranges [low, high] or None."""
    return {
        "run": found.run.id,
        "version": found.run.version,
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


def comparison_view(found: Any) -> dict[str, Any]:
    """What one run of comparisons is worth. Rates are [number, of]; ranges [low, high] or None.

    `distrust` is why it is not to be relied on: "few", "chance", "flips", or "" where it may be.
    """
    return {
        "run": found.run.id,
        "model": found.run.model or "",
        "state": found.run.state,
        "pairs": len(found.better),
        "decided": sum(bool(better) for better in found.better.values()),
        "hits": [found.hits.number, found.hits.of],
        "hits_range": found.hits.range,
        "flips": [found.flips.number, found.flips.of],
        "flips_range": found.flips.range,
        "first": found.first.share,
        "distrust": found.distrust,
    }
