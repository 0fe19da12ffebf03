"""Runs, drafts, models and what they are worth, as the calls they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from widgets._code_text import Args, Raw, call
from widgets._typed import budget_from, settings_from, turns_from
from workbench.model import Budget


def generated(args: Args) -> str:
    """A run; `job` has its progress and its drafts."""
    budget = budget_from(args.get("budget") or {})
    named = {"budget": None if budget == Budget() else budget, "seed": args.get("seed", 0) or None}
    named["reuse"] = args.get("reuse") or None
    return f"job = {_recipe('generate', args, **named)}"


def _resumed(args: Args) -> str:
    named = {name: list(args.get(name) or ()) or None for name in ("send_again", "only")}
    return call("resume", args["run"], budget=_budget(args), **named)


def _played(args: Args) -> str:
    given = [args["id"], *([args["count"]] if args.get("count") else [])]
    return call("play", *given, send_again=args.get("send_again") or None, budget=_budget(args))


def _budget(args: Args) -> Budget | None:
    return None if args.get("budget") is None else budget_from(args["budget"])


def gone_on(args: Args) -> str:
    """The step after an approval; `job` has its progress and its drafts."""
    budget = budget_from(args.get("budget") or {})
    named = {"budget": None if budget == Budget() else budget, "seed": args.get("seed", 0) or None}
    given = [args["run"], *([args["params"]] if args.get("params") else [])]
    return f"job = {call('generate_approved', *given, reuse=args.get('reuse') or None, **named)}"


def rewound(args: Args) -> str:
    """Back to a turn: rewritten, or to be made anew."""
    given = [args["id"], args["turn"], *([] if args.get("text") is None else [args["text"]])]
    pair = None if args.get("text") is None or args.get("pair", True) else Raw("False")
    return call("rewind", *given, pair=pair, seconds=args.get("seconds"))


def gated(args: Args) -> str:
    """The drafts about which a gate said something; the worst of all gates where none is named."""
    given = [args["run"], args.get("gate", ""), args.get("verdict", "failed")]
    named = {"became": args.get("became"), "offset": args.get("offset") or None}
    return f"drafts = {call('drafts_at', *given, **named)}"


def model_chosen(args: Args) -> str:
    """Which model writes. A key is never part of it, only the variable or keyring entry that holds it."""
    settings = settings_from(args["settings"], {})
    name = [args["name"]] if args.get("name", "main") != "main" else []
    if settings or name:
        return call("set_model", settings, *name)
    return "ws.set_model({name: value for name, value in ws.model_settings().items() if name == 'path'})"


def _recipe(method: str, args: Args, **named: Any) -> str:
    return call(method, args["recipe"], *_material(args), limit=args.get("limit"), **named)


def _material(args: Args) -> list[Any]:
    """What a recipe starts from, and its parameters where there are any."""
    where = args["where"]
    if isinstance(where, Mapping):
        near = {name: value for name, value in where.items() if name not in {"query", "like"}}
        where = Raw(call("joint_select", where.get("query", ""), like=where["like"], **near))
    return [where, *([args["params"]] if args.get("params") else [])]


def _judged(method: str, args: Args) -> str:
    budget = budget_from(args.get("budget") or {})
    named = {"run": args.get("run"), "canaries": None if args.get("count", 10) == 10 else Raw(repr(args["count"]))}
    named |= {"budget": None if budget == Budget() else budget, "seed": args.get("seed", 0) or None}
    return call(method, **named, pairs=args.get("pairs") or None)


DOES: dict[str, Callable[[Args], str]] = {
    "generate.run": generated,
    "judge.start": lambda a: f"job = {_judged('judge', a)}",
    "run.stop": lambda a: (
        f"next(job for job in ws.jobs() if job.subject == {a['run']!r} and job.state == 'running').cancel()"
    ),
    "run.resume": lambda a: f"job = {_resumed(a)}",
    "approve.give": lambda a: call("approve", list(a["ids"]), turns=turns_from(a["turns"]) if a.get("turns") else None),
    "approve.run": gone_on,
    "draft.accept": lambda a: call(
        "accept",
        list(a["ids"]),
        turns=turns_from(a["turns"]) if a.get("turns") else None,
        plain=a.get("plain"),
    ),
    "draft.reject": lambda a: call("reject", list(a["ids"]), a["reason"].strip()),
    "draft.repair": lambda a: call("repair", a["id"], a["text"]),
    "draft.rank": lambda a: call("rank", dict(a["ranks"])),
    "draft.prefer": lambda a: call("prefer", dict(a["ranks"])),
    "live.play": lambda a: f"job = {_played(a)}",
    "live.back": lambda a: call("go_back_to", a["id"], a["branch"]),
    "live.pause": lambda a: (
        f"next(job for job in ws.jobs() if job.subject == {a['id']!r} and job.state == 'running').cancel()"
    ),
    "live.rewind": rewound,
    "model.save": model_chosen,
    "pair.keep": lambda a: call("keep_pair", a["id"], *([] if a.get("kept", True) else [False])),
    "job.cancel": lambda a: f"ws.job({a['id']!r}).cancel()",
}

FINDS: dict[str, Callable[[Args], str]] = {
    "approve.estimate": lambda a: call("estimate_approved", a["run"], *([a["params"]] if a.get("params") else [])),
    "generate.estimate": lambda a: _recipe("estimate", a),
    "generate.gaps": lambda a: f"grid = {call('gaps', *_material(a), limit=a.get('limit'))}\ntable = grid.frame",
    "judge.estimate": lambda a: _judged("judge_estimate", a),
    "draft.candidates": lambda a: f"candidates = {call('candidates', a['id'])}",
    "prompt.open": lambda a: f"asked = {call('prompts', a['id'])}",
    "prompt.diff": lambda a: call("prompt_diff", a["old"], a["new"]),
    "run.yield": lambda a: f"given = {call('run_yield', a['run'])}\ntable = given.frame",
    "run.figures": lambda a: f"figures = {call('run_figures', a['run'])}\ntable = figures.frame",
    "run.gaps": lambda a: f"grid = {call('gap_fill', a['run'])}\ntable = grid.frame",
    "run.gated": gated,
    "model.remove": lambda a: call("remove_model", a["name"]),
    "model.test": lambda a: call("try_model", *([a["name"]] if a.get("name", "main") != "main" else [])),
}
