"""Command by command, the call it is: the tables behind `widgets._code`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from widgets._code_text import Raw, call
from widgets._schemes import change_from
from widgets._typed import budget_from, rule_from, settings_from, source_from, turns_from
from workbench.label import SampleCheck
from workbench.model import Budget

Args = Mapping[str, Any]


def collected(args: Args) -> str:
    """``ws.collect`` waits for its report; the screen's button starts the same as a job."""
    source = source_from(args["source"], [])
    return call("collect", args["path"], source=source, format=args.get("format"), options=args.get("options"))


def saved_edit(args: Args) -> str:
    """The whole list of turns, as the editor sends it."""
    turns = turns_from(args["turns"])
    pair = None if args.get("pair") is None else Raw(repr(bool(args["pair"])))
    return call("edit", args["id"], base_revision=args["base_revision"], turns=turns, note=args.get("note"), pair=pair)


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


def exported(args: Args) -> str:
    """A build to files; a relative folder is below the workspace's folder of exports."""
    out = str(args["out"]).strip()
    if out.startswith("~"):
        return f"from pathlib import Path\n{_export(args, Raw(f'Path({out!r}).expanduser()'))}"
    return _export(args, out if Path(out).is_absolute() else Raw(f"ws.path / 'exports' / {out!r}"))


def _export(args: Args, out: Any) -> str:
    return call("export", _build(args["build"]), out, to=list(args["to"]), options=args.get("options") or None)


def _build(build: str) -> Raw:
    return Raw(f"next(build for build in ws.builds() if build.id == {build!r})")


def _last_build(name: str) -> Raw:
    return Raw(f"ws.builds({name!r})[-1]")


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


def _answer(method: str, args: Args, **named: Any) -> str:
    return call(method, args["which"], args["scheme"], args["value"], **named)


def _found(args: Args) -> str:
    sort = args.get("sort", "best")
    return call("find", args.get("query", ""), sort=None if sort == "best" else sort)


def _ids(args: Args, **named: Any) -> Any:
    """One id stands alone."""
    ids = list(args["ids"])
    return ids[0] if len(ids) == 1 else ids


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


def _looked_for(args: Args) -> str:
    named = {name: args.get(name) for name in ("whole_words", "match_case", "regex")}
    return call(
        "look_for", args.get("query", ""), args["find"], args.get("by", ""), **named, roles=list(args.get("roles", ()))
    )


def _replacement(args: Args) -> str:
    """What was looked for is the result of a job of this kernel."""
    looked = Raw(f"ws.job({args['job']!r}).wait()")
    return call("apply_replacement", looked, without=list(args.get("without", ())))


def _looked_for_fits(args: Args) -> str:
    """Where the rule of an edit fits; the rule is written out, so that it can be read and changed."""
    run = [args["run"]] if args.get("run") else []
    fits = call("fits", rule_from(args["rule"]), *run, samples=args.get("samples"))
    return f"from workbench.clean import Rule\njob = {fits}"


def _repeated(args: Args) -> str:
    fits = Raw(f"ws.job({args['job']!r}).wait()")
    return f"job = {call('repeat', fits, without=list(args.get('without', ())))}"


def _on_map(args: Args) -> str:
    how = None if args.get("how", "new") == "new" else args["how"]
    region = None if args.get("region") is None else Raw(repr(args["region"]))
    return call("select_on_map", args.get("query", ""), outline=args.get("outline"), region=region, how=how)


def _picture(args: Args) -> str:
    colour = args.get("colour", "domain")
    return call("map", args.get("query", ""), colour=None if colour == "domain" else colour)


DOES: dict[str, Callable[[Args], str]] = {
    "collect.import": collected,
    "tag.set": lambda a: call("tag", _ids(a), a["scheme"], a["value"], turn=a.get("turn"), note=a.get("note")),
    "tag.clear": lambda a: call("untag", _ids(a), a["scheme"], turn=a.get("turn")),
    "tag.every": lambda a: call("tag", a["query"], a["scheme"], a["value"], note=a.get("note")),
    "note.add": lambda a: call("note", a["id"], a["text"], turn=a.get("turn")),
    "flag.set": lambda a: call("flag", _ids(a), *([] if a.get("on", True) else [False])),
    "scheme.add": added_choice,
    "scheme.save": changed_scheme,
    "sample.archive": lambda a: call("archive", _ids(a)),
    "sample.restore": lambda a: call("restore", _ids(a)),
    "step.undo": lambda a: call("undo"),
    "step.redo": lambda a: call("redo"),
    "step.undo_to": lambda a: call("undo_to", a["id"]),
    "step.redo_to": lambda a: call("redo_to", a["id"]),
    "edit.save": saved_edit,
    "bulk.give": bulk_given,
    "bulk.again": lambda a: call("bulk_again", a["id"]),
    "document.add": lambda a: call("add_document", a["path"]),
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
    "browse.save": lambda a: call("slice", a["name"].strip(), a["query"]),
    "slice.save": lambda a: call("slice", a["name"].strip(), a["where"], title=a.get("title", "").strip()),
    "browse.remove": lambda a: call("remove_slice", a["name"]),
    "slice.remove": lambda a: call("remove_slice", a["name"]),
    "slice.freeze": lambda a: f"build = {call('freeze', a['name'])}",
    "release.export": exported,
    "tidy.do": lambda a: call("clean", a.get("query", "")),
    "review.make": lambda a: f"queue = {_queue(a)}",
    "review.away": lambda a: call("put_queue_away", a["id"]),
    "review.skip": lambda a: call("skip", a["queue"], a["id"], *([a["scheme"]] if a.get("scheme") else [])),
    "review.again": lambda a: _each(a, "answer_again"),
    "review.settle": lambda a: _each(a, "settle", note=a.get("note"), turn=a.get("turn")),
    "review.example": lambda a: _example(a),
    "review.suggest": lambda a: f"job = {call('suggest', a['scheme'], *([a['query']] if a.get('query') else []))}",
    "repeat.apply": _repeated,
    "replace.apply": lambda a: f"job = {_replacement(a)}",
    "pair.keep": lambda a: call("keep_pair", a["id"], *([] if a.get("kept", True) else [False])),
    "map.select": lambda a: _on_map(a),
    "map.clear": lambda a: call("clear_selection"),
    "quality.pick": lambda a: call("select_done", a["pick"]),
    "job.cancel": lambda a: f"ws.job({a['id']!r}).cancel()",
}

FINDS: dict[str, Callable[[Args], str]] = {
    "browse.rows": _found,
    "sample.near": lambda a: call("neighbours", a["id"], a.get("limit", 8)),
    "sample.twins": lambda a: call("near_duplicates", a["id"], a.get("limit", 10)),
    "history.diff": lambda a: call("diff", a["id"], a["old"], *([] if a.get("new") is None else [a["new"]])),
    "history.compare": lambda a: call("compare", a["old"], a["new"]),
    "scheme.impact": lambda a: changed_scheme(a, "scheme_impact"),
    "bulk.plan": lambda a: _answer("bulk_plan", a, replace=a.get("replace")),
    "bulk.sample": lambda a: call("bulk_sample", a["which"], a.get("size", 20), seed=a.get("seed") or None),
    "collect.preview": lambda a: call("preview", a["path"], format=a.get("format"), options=a.get("options")),
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
    "map.picture": lambda a: f"picture = {_picture(a)}",
    "map.selection": lambda a: call("selection"),
    "review.open": lambda a: f"queue = {call('queue', a['id'])}",
    "quality.questions": lambda a: f"answers = {call('questions', a.get('query', ''))}",
    "quality.measure": lambda a: f"report = {call('evaluate', a.get('query', ''))}",
    "quality.alike": lambda a: call("measure_alike"),
    "quality.duplicates": lambda a: call("duplicates", a.get("query", "")),
    "tidy.look": lambda a: call("clean", a.get("query", ""), preview=True),
    "repeat.offer": lambda a: f"job = {call('offers', a['id'], samples=a.get('samples'))}",
    "repeat.look": _looked_for_fits,
    "replace.look": lambda a: f"job = {_looked_for(a)}",
    "slice.compare": lambda a: call("compare_builds", _build(a["old"]), _build(a["new"])),
    "slice.now": lambda a: call("difference", _last_build(a["name"])),
    "release.preview": lambda a: call("preview_export", _build(a["build"]), a["to"], options=a.get("options") or None),
}
