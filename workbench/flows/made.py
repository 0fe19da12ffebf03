"""How generated samples were made, for an export that is to tell everything: templates, calls, gates, what it cost.

It is read from the draft that a sample was accepted from, its lines of the journal and the ledger. None of that changes
once a draft is accepted, so a frozen slice gives the same lines whenever it is exported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from workbench.errors import NotFound
from workbench.flows.live import live_of
from workbench.flows.live_values import Live
from workbench.model import Call, Draft, Json
from workbench.records import to_record
from workbench.store.base import Store


def made_of_samples(store: Store, records: Sequence[Json]) -> Iterator[Json | None]:
    """For each sample (as stored) how it was made; None for one that has no draft in this workspace."""
    for record in records:
        draft = _draft(store, record)
        yield None if draft is None else _told(store, draft, record)


def _draft(store: Store, record: Json) -> Draft | None:
    name = record.get("origin", {}).get("draft")
    if not name:
        return None
    try:
        return store.draft(name)
    except NotFound:  # it was made in another workspace, and imported
        return None


def _told(store: Store, draft: Draft, record: Json) -> dict[str, Any]:
    lines = store.live_lines(draft.run, draft.id)
    live = live_of(draft, lines) if lines else None
    calls = store.calls_by_id(sorted({*draft.calls, *(call for line in lines for call in line.data.get("calls", ()))}))
    made = draft.made or draft.turns
    edited = live is None and _words(to_record(made)) != _words(record["turns"])
    told = {
        "id": draft.id,
        "row": draft.row,
        "template_hash": draft.template_hash,
        "asked": draft.model,
        "answered_by": draft.meta.get("answered_by", []),
        "turns": _turns(draft, live),
        "calls": [_call(call) for call in calls],
        "cost": _cost(calls),
        "gates": [to_record(finding) for finding in draft.gates],
        "changes": [{"author": one.author, "at": one.at, "rule": one.rule} for one in draft.changes],
        "made": to_record(made) if edited else [],
    }
    return {name: value for name, value in told.items() if value not in (None, "", [], {})}


def _turns(draft: Draft, live: Live | None) -> dict[str, Json]:
    """The call that gave each turn, the seed it was asked with, and the model where it had another name."""
    told: dict[str, Json] = {
        turn: {"call": call, "seed": draft.seed} for turn, call in draft.meta.get("turn_calls", {}).items()
    }
    for item in live.turns if live else ():
        if item.by != "model":
            told.pop(item.turn.id, None)
        elif item.calls:
            other = {"answered_by": list(item.answered_by)} if item.answered_by else {}
            told[item.turn.id] = {"call": item.calls[-1], "seed": item.seed, **other}
    return told


def _call(call: Call) -> Json:
    return {
        "id": call.id,
        "request": call.request_hash,
        "model": call.model,
        "state": call.state,
        "sent_at": call.sent_at,
        "prompt_tokens": call.prompt_tokens,
        "completion_tokens": call.completion_tokens,
        "estimated": call.estimated,
        "usd": call.usd,
    }


def _cost(calls: Sequence[Call]) -> Json:
    """The sum over the calls, those maybe charged at their worst; a price that is not known of one is not known."""
    known = all(call.usd is not None for call in calls)
    return {
        "calls": len(calls),
        "tokens": sum((call.prompt_tokens or 0) + (call.completion_tokens or 0) for call in calls),
        "usd": sum(call.usd or 0.0 for call in calls) if known else None,
        "estimated": sum(call.estimated for call in calls),
        "in_doubt": sum(call.state == "in_doubt" for call in calls),
    }


def _words(turns: Sequence[Json]) -> list[tuple[str, str]]:
    return [(turn["role"], turn.get("content", "")) for turn in turns]
