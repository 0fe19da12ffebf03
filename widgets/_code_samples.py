"""What is brought in, read, edited and tidied up, as the calls it is."""

from __future__ import annotations

from collections.abc import Callable

from widgets._code_text import Args, Raw, call, one_or_many
from widgets._typed import rule_from, source_from, turns_from


def collected(args: Args) -> str:
    """``ws.collect`` waits for its report; the screen's button starts the same as a job."""
    source = source_from(args["source"], [])
    return call("collect", args["path"], source=source, format=args.get("format"), options=args.get("options"))


def saved_edit(args: Args) -> str:
    """The whole list of turns, as the editor sends it."""
    turns = turns_from(args["turns"])
    pair = None if args.get("pair") is None else Raw(repr(bool(args["pair"])))
    return call("edit", args["id"], base_revision=args["base_revision"], turns=turns, note=args.get("note"), pair=pair)


def _found(args: Args) -> str:
    sort = args.get("sort", "best")
    return call("find", args.get("query", ""), sort=None if sort == "best" else sort)


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


DOES: dict[str, Callable[[Args], str]] = {
    "collect.import": collected,
    "note.add": lambda a: call("note", a["id"], a["text"], turn=a.get("turn")),
    "flag.set": lambda a: call("flag", one_or_many(a), *([] if a.get("on", True) else [False])),
    "sample.archive": lambda a: call("archive", one_or_many(a)),
    "sample.restore": lambda a: call("restore", one_or_many(a)),
    "step.undo": lambda a: call("undo"),
    "step.redo": lambda a: call("redo"),
    "step.undo_to": lambda a: call("undo_to", a["id"]),
    "step.redo_to": lambda a: call("redo_to", a["id"]),
    "edit.save": saved_edit,
    "document.add": lambda a: call("add_document", a["path"]),
    "tidy.do": lambda a: call("clean", a.get("query", "")),
    "repeat.apply": _repeated,
    "replace.apply": lambda a: f"job = {_replacement(a)}",
}

FINDS: dict[str, Callable[[Args], str]] = {
    "browse.rows": _found,
    "sample.near": lambda a: call("neighbours", a["id"], a.get("limit", 8)),
    "sample.twins": lambda a: call("near_duplicates", a["id"], a.get("limit", 10)),
    "history.diff": lambda a: call("diff", a["id"], a["old"], *([] if a.get("new") is None else [a["new"]])),
    "history.compare": lambda a: call("compare", a["old"], a["new"]),
    "collect.preview": lambda a: call("preview", a["path"], format=a.get("format"), options=a.get("options")),
    "tidy.look": lambda a: call("clean", a.get("query", ""), preview=True),
    "repeat.offer": lambda a: f"job = {call('offers', a['id'], samples=a.get('samples'))}",
    "repeat.look": _looked_for_fits,
    "replace.look": lambda a: f"job = {_looked_for(a)}",
}
