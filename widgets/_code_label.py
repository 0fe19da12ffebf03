"""Answers, questions and reviews, as the calls they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from widgets._code_text import Args, Raw, call, one_or_many
from widgets._schemes import change_from
from workbench.label import SampleCheck


def added_choice(args: Args) -> str:
    """A choice more in a scheme as it is now; a change of somebody else in the same moment is told."""
    added = f"add_choice(ws.scheme({args['scheme']!r}), {args['value']!r}, {args.get('label') or args['value']!r}"
    more = f", guideline={args['guideline']!r}" if args.get("guideline") else ""
    return f"from workbench.label import add_choice\nws.change_scheme({added}{more}))"


def changed_scheme(args: Args, method: str = "change_scheme") -> str:
    """A question as it shall be, with what becomes of its answers. A new one gets its name from its title."""
    change = change_from(args["change"])
    lines = ["from workbench.label import SchemeChange"]
    if not change.scheme.name:
        lines.append("from workbench.label.naming import name_for")
        taken = "{scheme.name for scheme in ws.schemes()} | set(ws.reserved_names)"
        name = Raw(f"name_for({change.scheme.title!r}, {taken})")
        change = replace(change, scheme=replace(change.scheme, name=name))
    return "\n".join([*lines, call(method, change)])


def bulk_given(args: Args) -> str:
    """One answer for everything, with what a person said of the random sample."""
    check = {name: max(0, int((args.get("check") or {}).get(name, 0))) for name in ("fits", "misses", "unsure")}
    named = {"replace": args.get("replace"), "check": SampleCheck(**check), "without": list(args.get("without", ()))}
    return f"from workbench.label import SampleCheck\n{_answer('bulk_tag', args, **named)}"


def _answer(method: str, args: Args, **named: Any) -> str:
    return call(method, args["which"], args["scheme"], args["value"], **named)


def _queue(args: Args) -> str:
    named = {name: args.get(name) for name in ("name", "each_turn")}
    named |= {"order": None if args.get("order", "random") == "random" else args["order"]}
    named |= {"count": None if args.get("count", 200) == 200 else args["count"], "seed": args.get("seed") or None}
    together = {} if args.get("together", True) else {"together": Raw("False")}
    return call("start_queue", list(args["schemes"]), args.get("query", ""), **named, **together)


def _each(args: Args, method: str, **named: Any) -> str:
    """One call for each sample, as the page's command does it."""
    return "\n".join(call(method, args["queue"], one, args["scheme"], args["value"], **named) for one in args["ids"])


def _example(args: Args) -> str:
    given = (args["id"], args["scheme"], args["value"])
    if args.get("on", True):
        return call("use_as_example", *given, turn=args.get("turn"), note=args.get("note"))
    return call("drop_example", *given, turn=args.get("turn"))


DOES: dict[str, Callable[[Args], str]] = {
    "tag.set": lambda a: call("tag", one_or_many(a), a["scheme"], a["value"], turn=a.get("turn"), note=a.get("note")),
    "tag.clear": lambda a: call("untag", one_or_many(a), a["scheme"], turn=a.get("turn")),
    "tag.every": lambda a: call("tag", a["query"], a["scheme"], a["value"], note=a.get("note")),
    "scheme.add": added_choice,
    "scheme.save": changed_scheme,
    "bulk.give": bulk_given,
    "bulk.again": lambda a: call("bulk_again", a["id"]),
    "review.make": lambda a: f"queue = {_queue(a)}",
    "review.away": lambda a: call("put_queue_away", a["id"]),
    "review.skip": lambda a: call("skip", a["queue"], a["id"], *([a["scheme"]] if a.get("scheme") else [])),
    "review.again": lambda a: _each(a, "answer_again"),
    "review.settle": lambda a: _each(a, "settle", note=a.get("note"), turn=a.get("turn")),
    "review.example": lambda a: _example(a),
    "review.suggest": lambda a: f"job = {call('suggest', a['scheme'], *([a['query']] if a.get('query') else []))}",
}

FINDS: dict[str, Callable[[Args], str]] = {
    "scheme.impact": lambda a: changed_scheme(a, "scheme_impact"),
    "bulk.plan": lambda a: _answer("bulk_plan", a, replace=a.get("replace")),
    "bulk.sample": lambda a: call("bulk_sample", a["which"], a.get("size", 20), seed=a.get("seed") or None),
    "review.open": lambda a: f"queue = {call('queue', a['id'])}",
}
