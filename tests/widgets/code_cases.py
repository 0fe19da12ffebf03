"""One case for each command whose code is run: what is there before it, and what the command is given."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbench.workspace import Workspace

Given = dict[str, Any]


def draft_ids(ws: Workspace) -> list[str]:
    if not ws.drafts():
        ws.generate("noise", "", {}, seed=1).wait(30)
    return sorted(draft.id for draft in ws.drafts())


def changed_draft(ws: Workspace) -> str:
    """A draft that was accepted in other words."""
    draft = ws.draft(draft_ids(ws)[0])
    turns = [*draft.turns[:-1], replace(draft.turns[-1], content=f"Certainly! {draft.turns[-1].content}")]
    ws.accept([draft.id], turns=turns)
    return draft.id


def proposed(ws: Workspace) -> tuple[str, list[str]]:
    """A run that proposed role cards, and its items in their order."""
    if not any(run.recipe == "role_cards" for run in ws.runs()):
        from workbench.generate.recipes.role_cards import FIELDS
        from workbench.llm import ScriptedModel

        cards = json.dumps({name: f"You are the {name}." for name in FIELDS})
        ws.generate("role_cards", "", model=ScriptedModel(lambda request: cards)).wait(30)
    (run,) = [run for run in ws.runs() if run.recipe == "role_cards"]
    return run.id, sorted(draft.id for draft in ws.drafts(run.id))


def filled_gaps(ws: Workspace) -> str:
    """A run that wrote for a grid of one cell."""
    if not any(run.recipe == "gap_fill" for run in ws.runs()):
        from workbench.llm import ScriptedModel

        said = json.dumps({"turns": ["Is the lab open?", "Yes.", "And on a Sunday?", "No, it is closed."]})
        params = {"grid": "length: short", "target": 99, "variants": 1}
        ws.generate("gap_fill", "", params, model=ScriptedModel(lambda request: said)).wait(30)
    (run,) = [run for run in ws.runs() if run.recipe == "gap_fill"]
    return run.id


def rewritten_item(ws: Workspace) -> Given:
    item = ws.draft(proposed(ws)[1][0])
    turns = [{"id": turn.id, "role": turn.role, "content": f"{turn.content} Isn't it?"} for turn in item.turns]
    return {"ids": [item.id], "turns": turns}


def built(ws: Workspace) -> str:
    ws.slice("all", "")
    return ws.freeze("all").id


def retitled(ws: Workspace) -> Given:
    from widgets._schemes import change_record
    from workbench import label

    change = label.retire_choice(label.change_of(ws.scheme("compliance")), "unsafe")
    return {"change": change_record(change)}


def new_question(ws: Workspace) -> Given:
    scheme = {"name": "", "kind": "boolean", "title": "Is it polite?", "version": 0}
    return {"change": {"scheme": scheme, "moved": {}, "review": [], "known": []}}


def new_file(ws: Workspace) -> Given:
    file = ws.path.parent / "more.jsonl"
    file.write_text(json.dumps({"messages": [{"role": "user", "content": "Quote ' and \" and \\ and \u202e"}]}) + "\n")
    source = {"name": "phone's", "license": "CC-BY-4.0", "license_evidence": "a link", "policy": "may_leave"}
    return {"path": str(file), "source": source, "format": None, "options": {}}


def edited(ws: Workspace) -> Given:
    sample = ws.get(ws.ids()[0])
    turns = [{"id": turn.id, "role": turn.role, "content": turn.content + " '''\n\\"} for turn in sample.turns]
    call = {"id": "c1", "name": "look", "arguments": '{"a": 1}'}
    turns.append({"id": "", "role": "assistant", "content": "", "tool_calls": [call]})
    return {"id": sample.id, "turns": turns, "base_revision": 1, "note": "why"}


def tagged(ws: Workspace) -> list[str]:
    ws.tag(ws.ids(), "domain", "health")
    return ws.ids()


def a_document(ws: Workspace) -> Given:
    file = Path(ws.path).parent / "opening hours.md"
    file.write_text("# Hours\n\nThe desk is open on Monday.\n", encoding="utf-8")
    return {"path": str(file)}


CASES: dict[str, Callable[[Workspace], Given]] = {
    "collect.import": new_file,
    "tag.set": lambda ws: {"ids": ws.ids(), "scheme": "naturalness", "value": 4, "note": "it's"},
    "tag.clear": lambda ws: {"ids": tagged(ws)[:1], "scheme": "domain"},
    "tag.every": lambda ws: {"query": "card OR lab", "scheme": "domain", "value": "health"},
    "note.add": lambda ws: {"id": ws.ids()[0], "text": "a'); ws.archive('') #"},
    "flag.set": lambda ws: {"ids": ws.ids()[:2]},
    "scheme.add": lambda ws: {"scheme": "compliance", "value": "secret", "label": "Secret"},
    "scheme.save": retitled,
    "sample.archive": lambda ws: {"ids": ws.ids()[:2]},
    "sample.restore": lambda ws: {"ids": (ws.ids(), ws.archive(""))[0][:1]},
    "step.undo": lambda ws: (tagged(ws), {})[1],
    "step.redo": lambda ws: (tagged(ws), ws.undo(), {})[2],
    "edit.save": edited,
    "bulk.give": lambda ws: {
        "which": "", "scheme": "domain", "value": "health", "check": {"fits": 2, "misses": 1}, "without": ws.ids()[:1],
    },
    "bulk.again": lambda ws: (ws.bulk_tag("", "domain", "law"), ws.untag(ws.ids()[:1], "domain"),
                              {"id": ws.bulk_tags()[0].id})[2],
    "document.add": a_document,
    "generate.run": lambda ws: {
        "recipe": "noise", "where": "", "params": {}, "limit": 2, "budget": {"calls": "5"}, "seed": 3,
    },
    "approve.give": rewritten_item,
    "approve.estimate": lambda ws: {"run": proposed(ws)[0], "params": {"turns": 4}},
    "draft.accept": lambda ws: {"ids": draft_ids(ws)[:2]},
    "draft.reject": lambda ws: {"ids": draft_ids(ws)[:1], "reason": "off topic"},
    "draft.rank": lambda ws: {"ranks": {draft_ids(ws)[0]: 1}},
    "draft.prefer": lambda ws: {"ranks": {draft_ids(ws)[0]: 1}},
    "draft.candidates": lambda ws: {"id": draft_ids(ws)[0]},
    "prompt.open": lambda ws: {"id": draft_ids(ws)[0]},
    "prompt.diff": lambda ws: {"old": draft_ids(ws)[0], "new": draft_ids(ws)[1]},
    "judge.estimate": lambda ws: {"run": None, "count": len(draft_ids(ws))},
    "model.save": lambda ws: {"settings": {
        "base_url": "http://127.0.0.1:1/v1", "model": "m", "key_variable": "KEY", "local": True,
        "usd_per_million_in": "2", "usd_per_million_out": "3,5",
    }},
    "model.remove": lambda ws: (ws.set_model({"base_url": "http://127.0.0.1:1/v1", "model": "m"}, "large"),
                                {"name": "large"})[1],
    "browse.save": lambda ws: {"name": " cards ", "query": "card"},
    "slice.save": lambda ws: {"name": "lab", "where": "lab", "title": "Lab's"},
    "browse.remove": lambda ws: (ws.slice("lab", "lab"), {"name": "lab"})[1],
    "slice.remove": lambda ws: (ws.slice("lab", "lab"), {"name": "lab"})[1],
    "slice.freeze": lambda ws: (ws.slice("all", ""), {"name": "all"})[1],
    "release.export": lambda ws: {"build": built(ws), "out": "first", "to": ["openai-chat", "csv"], "options": None},
    "tidy.do": lambda ws: {"query": ""},
    "step.undo_to": lambda ws: (tagged(ws), ws.archive(ws.ids()[:1]), {"id": ws.steps()[1].id})[2],
    "step.redo_to": lambda ws: (tagged(ws), ws.undo(), {"id": ws.steps()[0].id})[2],
    "review.make": lambda ws: {"schemes": ["domain"], "query": "", "order": "random", "count": 2, "seed": 4},
    "review.away": lambda ws: {"id": ws.start_queue(["domain"]).id},
    "review.example": lambda ws: {"id": ws.ids()[0], "scheme": "naturalness", "value": 4, "note": "it's"},
    "repeat.offer": lambda ws: {"id": changed_draft(ws)},
    "repeat.look": lambda ws: {
        "rule": {"find": "lab's", "by": "x", "roles": ["user"], "slots": True}, "run": ws.draft(changed_draft(ws)).run,
    },
    "replace.look": lambda ws: {"find": "lab", "by": "clinic's", "query": "", "match_case": True},
    "map.clear": lambda ws: (ws.select(ws.ids()[:1]), {})[1],
    "bulk.plan": lambda ws: {"which": "", "scheme": "domain", "value": "health"},
    "bulk.sample": lambda ws: {"which": "", "size": 2, "seed": 7},
    "browse.rows": lambda ws: {"query": "card", "sort": "newest", "offset": 0, "limit": 10},
    "collect.preview": lambda ws: {"path": new_file(ws)["path"]},
    "run.yield": lambda ws: (draft_ids(ws), {"run": ws.runs()[0].id})[1],
    "run.figures": lambda ws: (draft_ids(ws), {"run": ws.runs()[0].id})[1],
    "run.gaps": lambda ws: {"run": filled_gaps(ws)},
    "run.gated": lambda ws: (draft_ids(ws), {"run": ws.runs()[0].id, "gate": "copy", "verdict": "passed"})[1],
    "generate.gaps": lambda ws: {"where": "", "params": {"grid": "length: short", "target": 9}, "limit": 2},
    "generate.estimate": lambda ws: {"recipe": "noise", "where": "", "params": {}, "limit": 1},
    "history.compare": lambda ws: {"old": ws.ids()[0], "new": ws.ids()[1]},
    "history.diff": lambda ws: {"id": ws.ids()[0], "old": 1},
    "quality.alike": lambda ws: {},
    "quality.duplicates": lambda ws: {"query": ""},
    "map.picture": lambda ws: {"query": "card", "colour": "language"},
    "map.selection": lambda ws: {},
    "quality.measure": lambda ws: {"query": ""},
    "quality.questions": lambda ws: {"query": ""},
    "review.open": lambda ws: {"id": ws.start_queue(["domain"]).id},
    "release.preview": lambda ws: {"build": built(ws), "to": "csv"},
    "sample.near": lambda ws: {"id": ws.ids()[0], "limit": 2},
    "sample.twins": lambda ws: {"id": ws.ids()[0]},
    "scheme.impact": retitled,
    "slice.compare": lambda ws: {"old": built(ws), "new": built(ws)},
    "slice.now": lambda ws: (built(ws), {"name": "all"})[1],
    "tidy.look": lambda ws: {"query": ""},
}  # fmt: skip

ELSEWHERE = {
    "approve.run": "asks a model",
    "run.stop": "needs a run at work",
    "run.resume": "needs a run that was stopped",
    "draft.repair": "needs an answer that could not be read",
    "job.cancel": "needs a job at work",
    "review.skip": "what is skipped is only seen while a queue is walked through",
    "review.again": "needs answers of an earlier day",
    "review.settle": "needs two people who disagree",
    "review.suggest": "needs a trained suggester",
    "repeat.apply": "takes the result of a job of one kernel",
    "replace.apply": "takes the result of a job of one kernel",
    "pair.keep": "needs a rewritten draft",
    "map.select": "needs a map",
    "quality.pick": "needs a week of work",
    "model.test": "starts a model",
    "judge.start": "asks a model",
    "live.play": "asks a model",
    "live.pause": "needs a conversation at work",
    "live.rewind": "needs a draft that a model made",
    "live.back": "needs a draft that a model made",
}
"""Commands whose code is only read here, and why."""
