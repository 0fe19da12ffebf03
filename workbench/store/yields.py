"""What the gates of a run found, counted in the database: ten thousand drafts are read as fast as ten."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.model import CallCount, Draft, DraftState
from workbench.store.drafts import DRAFT, draft_of
from workbench.store.rows import GateCount
from workbench.store.samples import Reads
from workbench.store.verdicts import VERDICTS

_MADE = ("draft", "gated", "approved", "accepted", "rejected")
_NEWEST = (
    "NOT EXISTS (SELECT 1 FROM draft AS later WHERE later.run = draft.run AND later.row = draft.row"
    " AND later.ord > draft.ord)"
)
_BY_GATE = f"""
SELECT found.gate, found.verdict, draft.state, count(*)
FROM gate_finding AS found CROSS JOIN draft ON draft.ord = found.draft
WHERE found.run = ? AND {_NEWEST} GROUP BY 1, 2, 3
"""
_BY_WORST = f"""
SELECT '', (SELECT coalesce(max(verdict), 0) FROM gate_finding WHERE draft = last.ord) AS worst, last.state, count(*)
FROM (SELECT row, state, max(ord) AS ord FROM draft WHERE run = ? GROUP BY row) AS last
WHERE last.state IN {_MADE} GROUP BY 2, 3
"""
# Calls under way at once count once: of each, what reaches beyond the latest end of those sent before it.
_UNDER_WAY = """
SELECT sum(max(0, ended_at - max(sent_at, coalesce(before, 0)))) FROM (
  SELECT sent_at, ended_at, max(ended_at) OVER (ORDER BY sent_at, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    AS before FROM call WHERE run = ? AND state IN ('done', 'failed') AND ended_at IS NOT NULL)
"""


_DRAFTS_BY_MODEL = f"""
SELECT coalesce(json_extract(CAST(record AS TEXT), '$.meta.asked_as'), ''),
  coalesce(json_extract(CAST(record AS TEXT), '$.model'), ''), state, count(*) FROM draft
WHERE run = ? AND state IN {_MADE} AND {_NEWEST} GROUP BY 1, 2, 3
"""
_CALLS_BY_MODEL = """
SELECT endpoint, model, state, count(*), sum(coalesce(prompt_tokens, 0) + coalesce(completion_tokens, 0)),
  CASE WHEN count(usd) = count(*) THEN sum(usd) END, sum(estimated) FROM call WHERE run = ?
GROUP BY endpoint, model, state
"""


class YieldReads(Reads):
    """The reads of `Store` about what gates found."""

    def gate_counts(self, run: str) -> list[GateCount]:
        """How many drafts each gate failed or was unsure about, by the state of the draft.

        The gate "" stands for all of them together: a draft counts there by its worst verdict, also as "passed".
        """
        rows = [*self._database.rows(_BY_GATE, (run,)), *self._database.rows(_BY_WORST, (run,))]
        return [GateCount(gate, VERDICTS.get(code, "passed"), state, drafts) for gate, code, state, drafts in rows]

    def at_gate(
        self, run: str, gate: str, verdict: str, states: Sequence[DraftState] = (), *, limit: int = 50, offset: int = 0
    ) -> list[Draft]:
        """The drafts with that verdict of a gate ("" for the worst of all), in the order of their rows."""
        wanted = [state for state in _MADE if not states or state in states]
        where, values = _condition(gate, verdict)
        sql = (  # "+state": the rows in their order matter more than their state
            f"{DRAFT} WHERE run = ? AND +state IN ({', '.join('?' * len(wanted))}) AND {where} AND {_NEWEST}"
            " ORDER BY row LIMIT ? OFFSET ?"
        )
        return [draft_of(row) for row in self._database.rows(sql, (run, *wanted, *values, limit, offset))]

    def drafts_by_model(self, run: str) -> list[tuple[str, str, str, int]]:
        """How many drafts with a text (the last of each row) each model wrote, as (short name, model, state, drafts).

        The short name is "" where none was given, or kept.
        """
        return [(short, model, state, drafts) for short, model, state, drafts
                in self._database.rows(_DRAFTS_BY_MODEL, (run,))]  # fmt: skip

    def calls_by_model(self, run: str) -> list[tuple[str, str, CallCount]]:
        """What the calls of a run took, by address and name of the model that was asked, and by their state."""
        rows = self._database.rows(_CALLS_BY_MODEL, (run,))
        return [(endpoint, model, CallCount(*row)) for endpoint, model, *row in rows]

    def time_of_calls(self, run: str) -> int:
        """Milliseconds in which at least one answered call of a run was under way."""
        row = self._database.one(_UNDER_WAY, (run,))
        return int(row[0] or 0) if row else 0


def _condition(gate: str, verdict: str) -> tuple[str, tuple[str | int, ...]]:
    if gate:
        found = "EXISTS (SELECT 1 FROM gate_finding WHERE draft = ord AND gate = ? AND verdict {})"
        if verdict == "passed":
            return f"NOT {found.format('> 0')}", (gate,)
        return found.format("= ?"), (gate, _code(verdict))
    worst = "coalesce((SELECT max(verdict) FROM gate_finding WHERE draft = ord), 0) = ?"
    return worst, (_code(verdict),)


def _code(verdict: str) -> int:
    return next((code for code, name in VERDICTS.items() if name == verdict), 0)
