"""Queues, samples under review and their results as the page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from widgets import _open
from widgets._open import title_of
from widgets._views import ordered
from workbench.label.nearest import FEWEST
from workbench.records import to_record
from workbench.text import snippet

LISTED = 8
"""Queues shown with how far they are; older ones can be reached from Python."""

QUICK = 9
"""Choices of a long list that have a key of their own: one for each digit."""

EXAMPLE_CHARS = 400

LOOKED_AT = 5000
"""The figures of a question are those of so many of its newest answered samples: the page waits for them."""


def start_view(ws: Any) -> dict[str, Any]:
    """The page before a queue is open: the questions there are, and the queues with how far I am in each."""
    return {
        "schemes": ordered(ws.schemes()),
        "queues": [queue_line(ws, queue) for queue in ws.queues()[:LISTED]],
        "samples": ws.count(""),
    }


def queue_line(ws: Any, queue: Any) -> dict[str, Any]:
    """One queue in the list."""
    state = ws.queue(queue.id)
    facts = ("id", "name", "order", "author", "at", "query")
    return {
        **{name: getattr(queue, name) for name in facts},
        "schemes": list(queue.schemes),
        "total": len(state.items),
        "done": len(state.done),
    }


def about_view(ws: Any, name: str) -> dict[str, Any]:
    """What is known about how people answer a scheme, alone, together, and with suggestions."""
    answered = ws.ids(f"tagged:{name}", sort="newest")
    ids = answered[:LOOKED_AT]
    agreement, mine, flips = ws.agreement(name, ids), ws.self_agreement(name), ws.flips(name, ids)
    report = ws.suggestions(name)
    return {
        "agreement": {"percent": agreement.percent, "alpha": agreement.alpha, "units": agreement.units},
        "disputed": len(ws.disputed(name, ids)) if agreement.disputed else 0,
        "again": {"pairs": mine.pairs, "percent": mine.percent, "kappa": mine.kappa},
        "flips": flips_view(flips),
        "suggestions": to_record(report) if report else None,
        "answered": len(answered),
        "fewest": FEWEST,
    }


def flips_view(flips: Any) -> dict[str, Any]:
    """Flips as numbers; rates are None where there is nothing to divide by."""
    names = ("answers", "revealed", "differed", "pulled", "suggested", "as_suggested", "rate", "pull", "policy")
    return {**{name: getattr(flips, name) for name in names}, "flips": len(flips.flips)}


def queue_view(ws: Any, queue_id: str) -> dict[str, Any]:
    """A queue with everything the page needs to walk through it without asking again."""
    state = ws.queue(queue_id)
    queue = state.queue
    schemes = [scheme for scheme in ordered(ws.schemes()) if scheme.name in queue.schemes]
    return {
        "queue": {
            name: to_record(getattr(queue, name))
            for name in ("id", "name", "order", "query", "together", "each_turn", "found", "ranked", "author")
        }
        | {"schemes": list(queue.schemes)},
        "schemes": schemes,
        "items": [{"sample": item.sample, **({"scheme": item.scheme} if item.scheme else {})} for item in state.items],
        "done": list(state.done),
        "skipped": list(state.skipped),
        "next": state.next,
        "pace": {"decisions": state.pace.decisions, "seconds": state.pace.seconds, "per_minute": state.pace.per_minute},
        "quick": {scheme.name: quick_choices(ws, scheme) for scheme in schemes},
        "examples": example_views(ws, queue.schemes),
        "reports": {name: to_record(report) for name in queue.schemes if (report := ws.suggestions(name))},
    }


def quick_choices(ws: Any, scheme: Any) -> list[str]:
    """The choices that get digits first: what people answer most, then the top of the tree."""
    choices = [choice.value for choice in scheme.choices if not choice.retired]
    if len(choices) <= QUICK or scheme.kind == "text":
        return choices
    (facet,) = ws.facets("", [scheme.name if scheme.name != "tag" else "tag.tag"])
    used = [value.value for value in facet.values if value.value in choices and "/" in value.value]
    top = [value for value in choices if "/" not in value]
    return list(dict.fromkeys([*used, *top]))[:QUICK]


def sample_view(ws: Any, queue_id: str, sample_id: str) -> dict[str, Any]:
    """A sample with the questions about it; what the person may not see before answering is not in it."""
    queue = ws.queue_named(queue_id)
    asked, answered = ws.asked(queue_id, sample_id)
    opened = _open.opened(ws, sample_id)
    every = ws.tags([sample_id])
    if queue.order == "again":
        opened["tags"] = [tag for tag in opened["tags"] if tag.scheme not in queue.schemes]
    elif queue.order == "settle":
        opened["tags"] = every
    blind = queue.order in ("again", "settle")
    shown = {(tag.scheme, tag.author, tag.turn) for tag in opened["tags"]}
    hidden: dict[str, int] = {}
    for tag in every if not blind else ():
        if tag.scheme in queue.schemes and (tag.scheme, tag.author, tag.turn) not in shown:
            key = f"{tag.scheme} {tag.turn or ''}"
            hidden[key] = hidden.get(key, 0) + 1
    return {
        **opened,
        "asked": [step_view(step) for step in asked],
        "answered": [step_view(step) for step in asked if step in answered],
        "hidden": hidden,
    }


def step_view(step: Any) -> dict[str, Any]:
    """One question."""
    return {"scheme": step.scheme, **({"turn": step.turn} if step.turn else {})}


def results_view(ws: Any, queue_id: str) -> dict[str, Any]:
    """What came of a queue."""
    results = ws.queue_results(queue_id)
    return {
        "done": results.done,
        "total": results.total,
        "pace": to_record(results.pace),
        "answers": [
            {"scheme": name, "values": [{"value": to_record(value), "count": count} for value, count in counts.items()]}
            for name, counts in results.answers.items()
        ],
        "again": [again_view(ws, one) for one in results.again],
        "agreement": [
            {"scheme": one.scheme, "units": one.units, "percent": one.percent, "alpha": one.alpha,
             "authors": list(one.authors), "disputed": len(one.disputed)}
            for one in results.agreement
        ],
        "flips": [{"scheme": one.scheme, **flips_view(one)} for one in results.flips],
    }  # fmt: skip


def again_view(ws: Any, told: Any) -> dict[str, Any]:
    """Agreement with oneself, and what differed."""
    differing = told.differing[:20]
    samples = (
        {sample.id: title_of(sample) for sample in ws.samples([one.sample for one in differing])} if differing else {}
    )
    return {
        "scheme": told.scheme, "pairs": told.pairs, "left_out": told.left_out, "percent": told.percent,
        "kappa": told.kappa,
        "differing": [
            {"sample": one.sample, "title": samples[one.sample], "before": to_record(one.before),
             "again": to_record(one.again)}
            for one in differing
        ],
    }  # fmt: skip


def example_views(ws: Any, schemes: Sequence[str]) -> list[dict[str, Any]]:
    """The examples of some schemes with the beginning of their text."""
    found = [example for scheme in schemes for example in ws.examples(scheme)]
    samples = {sample.id: sample for sample in ws.samples([one.sample for one in found])} if found else {}
    return [{**to_record(one), "text": _example_text(samples[one.sample], one.turn)} for one in found]


def _example_text(sample: Any, turn: str | None) -> str:
    one = sample.turn(turn) if turn else None
    said = [one.content] if one else [each.content for each in sample.turns if each.role in ("user", "assistant")]
    return snippet(" – ".join(text for text in said if text.strip()), EXAMPLE_CHARS)
