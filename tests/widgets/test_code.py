"""The code shown for a command does what the command does: both are run on equal workspaces and compared."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

import widgets
from tests.widgets.asking import asker
from widgets import Workbench, _code_log, _me
from widgets._bridge import gather
from widgets._code import PLAIN, cell_of, code_of
from widgets._code_calls import DOES, FINDS
from workbench.workspace import Workspace, open_workspace

Given = dict[str, Any]


def all_commands(ws: Workspace) -> set[str]:
    panels = [getattr(widgets, name) for name in widgets.__all__]
    answers = [panel.answers for panel in panels if hasattr(panel, "answers")]
    return {name for group in answers for name in gather(ws, _me.commands, _code_log.commands, *group)}


def test_every_command_has_its_code_or_is_plain_on_purpose(ws: Workspace) -> None:
    decided = [DOES.keys(), FINDS.keys(), PLAIN]
    assert all_commands(ws) - set().union(*decided) == set(), "decide in widgets._code what these are"
    assert set().union(*decided) - all_commands(ws) == set(), "these commands are gone"
    assert sum(map(len, decided)) == len(set().union(*decided))


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
    "judge.estimate": lambda ws: {"run": None, "count": len(draft_ids(ws))},
    "model.save": lambda ws: {"settings": {
        "base_url": "http://127.0.0.1:1/v1", "model": "m", "key_variable": "KEY", "local": True,
        "usd_per_million_in": "2", "usd_per_million_out": "3,5",
    }},
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
    "run.gaps": lambda ws: {"run": filled_gaps(ws)},
    "run.gated": lambda ws: (draft_ids(ws), {"run": ws.runs()[0].id, "gate": "copy", "verdict": "passed"})[1],
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


def state(ws: Workspace) -> dict[str, Any]:
    """All that a person would call the content of a workspace: ids of new things and times aside.

    Equal steps in a row count once: how many writes the drafts of a run take depends on how fast they come.
    """
    for job in ws.jobs():
        job.wait(30)
    everything = "state:*"
    samples = ws.samples(everything)
    said = {sample.id: " | ".join(turn.content for turn in sample.turns) for sample in samples}
    return {
        "samples": sorted((said[s.id], s.state, s.revision, s.source == "", len(s.turns)) for s in samples),
        "calls": sorted(str(asdict(call)) for s in samples for turn in s.turns for call in turn.tool_calls),
        "tags": sorted(str((said[t.sample], t.scheme, t.value, t.author, t.note)) for t in ws.tags(everything)),
        "notes": sorted((said[s.id], note.text) for s in samples for note in ws.notes(s.id)),
        "schemes": [(s.name, s.version, s.title, str(s.choices)) for s in ws.schemes()],
        "slices": [(spec.name, spec.query, spec.title) for spec in ws.slices()],
        "builds": [(build.name, build.hash) for build in ws.builds()],
        "sources": sorted((s.name, s.license, s.license_evidence, s.policy) for s in ws.sources()),
        "steps": [step for step, _ in groupby((step.label, step.undone) for step in ws.steps())],
        "drafts": sorted((d.state, d.recipe, d.rank or 0, d.seed, str(d.turns[-1].content)) for d in ws.drafts()),
        "runs": [(run.recipe, run.query, run.requested) for run in ws.runs()],
        "queues": [(queue.name, queue.order, queue.schemes, queue.samples) for queue in ws.queues()],
        "examples": [(example.sample, str(example.value), example.note) for example in ws.examples("naturalness")],
        "bulk": [(b.scheme, str(b.value), str(b.query)) for b in ws.bulk_tags()],
        "model": dict(ws.model_settings()),
        "exports": {p.name: p.read_bytes() for p in (ws.path / "exports").rglob("*") if p.is_file()},
    }  # fmt: skip


@pytest.fixture
def twins(ws: Workspace, tmp_path: Path) -> Iterator[Callable[[Callable[[Workspace], Given]], Any]]:
    """Two equal workspaces after a preparation, and what it gives."""
    other: list[Workspace] = []

    def prepared(prepare: Callable[[Workspace], Given]) -> tuple[Workspace, Workspace, Given]:
        given = prepare(ws)
        for job in ws.jobs():
            job.wait(30)
        shutil.copytree(ws.path, tmp_path / "twin.workspace")
        other.append(open_workspace(tmp_path / "twin.workspace", author="ana"))
        return ws, other[0], given

    yield prepared
    for workspace in other:
        workspace.close()


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_code_does_what_the_command_does(twins: Any, name: str) -> None:
    by_command, by_code, given = twins(CASES[name])
    before = state(by_code)
    assert state(by_command) == before
    answer = asker(by_command, Workbench)(name, **given)
    assert not (isinstance(answer, dict) and "hint" in answer and "code" in answer), answer
    code = code_of(name, given)
    assert code is not None
    import workbench as wb

    exec(compile(code, name, "exec"), {"ws": by_code, "wb": wb})
    after = state(by_code)
    assert after == state(by_command)
    assert (after != before) == (name in DOES), "changes what the command changes, and no more"


def test_a_new_question_is_named_as_the_screen_names_it(twins: Any) -> None:
    by_command, by_code, given = twins(new_question)
    asker(by_command, Workbench)("scheme.save", **given)
    import workbench as wb

    exec(str(code_of("scheme.save", given)), {"ws": by_code, "wb": wb})
    assert state(by_code)["schemes"] == state(by_command)["schemes"]


@pytest.mark.parametrize("name", sorted(DOES | FINDS))
def test_every_code_is_run_or_is_named_as_not_run(name: str) -> None:
    assert (name in CASES) != (name in ELSEWHERE)


@pytest.mark.parametrize(
    ("name", "args", "code"),
    [
        ("run.resume", {"run": "run_1"}, "job = ws.resume('run_1')"),
        ("run.resume", {"run": "run_1", "send_again": ["d_1"]}, "job = ws.resume('run_1', send_again=['d_1'])"),
        ("live.play", {"id": "d_1", "send_again": True}, "job = ws.play('d_1', send_again=True)"),
        ("live.play", {"id": "d_1", "budget": {"calls": 3}}, "job = ws.play('d_1', budget=wb.Budget(calls=3))"),
        ("live.back", {"id": "d_1", "branch": 0}, "ws.go_back_to('d_1', 0)"),
        ("run.resume", {"run": "run_1", "only": ["d_1"]}, "job = ws.resume('run_1', only=['d_1'])"),
        ("draft.repair", {"id": "d_1", "text": "Yes."}, "ws.repair('d_1', 'Yes.')"),
        ("generate.run", {"recipe": "noise", "where": "lab", "reuse": True},
         "job = ws.generate('noise', 'lab', reuse=True)"),
        ("run.gated", {"run": "run_1", "gate": "", "verdict": "unsure", "became": "accepted"},
         "drafts = ws.drafts_at('run_1', '', 'unsure', became='accepted')"),
        ("judge.start", {"run": "run_1", "count": 5, "budget": {"calls": 9}},
         "job = ws.judge(run='run_1', canaries=5, budget=wb.Budget(calls=9))"),
        ("judge.start", {}, "job = ws.judge()"),
        ("approve.give", {"ids": ["d_1", "d_2"]}, "ws.approve(['d_1', 'd_2'])"),
        ("approve.run", {"run": "r", "params": {"turns": 4}, "budget": {"calls": "9"}, "reuse": True},
         "job = ws.generate_approved('r', {'turns': 4}, reuse=True, budget=wb.Budget(calls=9))"),
        ("job.cancel", {"id": "job_1"}, "ws.job('job_1').cancel()"),
        ("model.test", {}, "ws.try_model()"),
        ("model.save",
         {"settings": {"base_url": "https://a.example/v1", "model": "m", "key_service": "s", "key_user": "u"}},
         "ws.set_model({'base_url': 'https://a.example/v1', 'model': 'm', 'key_service': 's', 'key_user': 'u'})"),
        ("live.play", {"id": "d", "count": 1}, "job = ws.play('d', 1)"),
        ("live.play", {"id": "d"}, "job = ws.play('d')"),
        ("live.pause", {"id": "d"},
         "next(job for job in ws.jobs() if job.subject == 'd' and job.state == 'running').cancel()"),
        ("live.rewind", {"id": "d", "turn": "d4", "text": "Four.", "seconds": 9},
         "ws.rewind('d', 'd4', 'Four.', seconds=9)"),
        ("live.rewind", {"id": "d", "turn": "d4", "text": "A slip.", "pair": False},
         "ws.rewind('d', 'd4', 'A slip.', pair=False)"),
        ("live.rewind", {"id": "d", "turn": "d4"}, "ws.rewind('d', 'd4')"),
        ("review.skip", {"queue": "q", "id": "s_1", "scheme": None}, "ws.skip('q', 's_1')"),
        ("review.suggest", {"scheme": "domain", "query": None}, "job = ws.suggest('domain')"),
        ("review.settle", {"queue": "q", "ids": ["a", "b"], "scheme": "domain", "value": "law"},
         "ws.settle('q', 'a', 'domain', 'law')\nws.settle('q', 'b', 'domain', 'law')"),
        ("pair.keep", {"id": "p", "kept": False}, "ws.keep_pair('p', False)"),
        ("map.select", {"query": "lab", "region": 0, "how": "add"}, "ws.select_on_map('lab', region=0, how='add')"),
        ("map.picture", {"query": "lab", "colour": "domain"}, "picture = ws.map('lab')"),
        ("quality.pick", {"pick": "tagged 0"}, "ws.select_done('tagged 0')"),
        ("repeat.apply", {"job": "j", "without": ["d"]}, "job = ws.repeat(ws.job('j').wait(), without=['d'])"),
        ("repeat.look", {"rule": {"find": "Sure! ", "at": "start", "roles": ["assistant"]}, "run": "r"},
         "from workbench.clean import Rule\n"
         "job = ws.fits(Rule(find='Sure! ', roles=('assistant',), at='start'), 'r')"),
        ("replace.apply", {"job": "j", "without": []}, "job = ws.apply_replacement(ws.job('j').wait())"),
        ("run.stop", {"run": "run_1"},
         "next(job for job in ws.jobs() if job.subject == 'run_1' and job.state == 'running').cancel()"),
        ("tag.set", {"ids": ["s_1"], "scheme": "domain", "value": "law"}, "ws.tag('s_1', 'domain', 'law')"),
        ("release.export", {"build": "b", "out": "~/x", "to": ["csv"]},
         "from pathlib import Path\nws.export(next(build for build in ws.builds() if build.id == 'b'), "
         "Path('~/x').expanduser(), to=['csv'])"),
    ],
)  # fmt: skip
def test_code_reads_as_a_person_would_write_it(name: str, args: Given, code: str) -> None:
    assert code_of(name, args) == code
    ast.parse(code)


@pytest.mark.parametrize("text", ["'); import os #", '"""', "\\", "\u202e\u2028", "\ud800", "a\r\nb", "{ws}", "\0"])
def test_no_text_becomes_code(text: str) -> None:
    code = code_of("note.add", {"id": "s_1", "text": text})
    assert code is not None
    (call,) = ast.parse(code).body
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    assert ast.literal_eval(call.value.args[1]) == text
    assert code.isprintable()


def test_what_cannot_be_read_has_no_code() -> None:
    assert code_of("tag.set", {}) is None
    assert code_of("edit.save", {"id": "s", "turns": [{"nothing": 1}], "base_revision": 1}) is None
    assert code_of("browse.facets", {}) is None
    assert code_of("nothing", {}) is None


def test_a_cell_opens_the_workspace_once_and_has_its_imports_on_top() -> None:
    parts = ["from pathlib import Path\nws.export(1)", "from pathlib import Path\nws.export(2)", "ws.undo()"]
    cell = cell_of(parts, path="/w/it's", author="ana")
    assert cell.split("\n") == [
        "from pathlib import Path", "import workbench as wb", "", "ws = wb.open(\"/w/it's\", author='ana')",
        "ws.export(1)", "ws.export(2)", "ws.undo()", "",
    ]  # fmt: skip
    ast.parse(cell)


def test_what_was_done_is_listed_newest_first_and_failures_are_not(ws: Workspace) -> None:
    panel = Workbench(ws)
    sample = ws.ids()[0]

    def send(name: str, **args: Any) -> None:
        panel._answer(None, {"kind": "command", "v": 1, "rid": 1, "name": name, "args": args}, None)

    send("tag.set", ids=[sample], scheme="domain", value="health")
    send("tag.set", ids=[sample], scheme="domain", value="no such domain")
    for offset in (0, 100, 0):
        send("browse.rows", query="card", offset=offset)
    send("step.undo")
    listed = asker(ws, Workbench)
    assert "code.list" not in _me.commands(ws)
    done = _code_log.commands(ws)["code.list"]()
    assert [item["code"] for item in done["done"]] == [
        "ws.undo()", "ws.find('card')", f"ws.tag('{sample}', 'domain', 'health')",
    ]  # fmt: skip
    assert done["cell"].endswith("ws.undo()\n")
    assert listed("browse.count", query="") == 3


def test_the_screen_as_code(ws: Workspace) -> None:
    acts = [{"name": "slice.freeze", "args": {"name": "lab"}}, {"name": "me.recall", "args": {}}]
    told = _code_log.commands(ws)["code.screen"](query="lab", selection=["s_1"], acts=acts)
    assert told["parts"] == ["build = ws.freeze('lab')"]
    told = _code_log.commands(ws)["code.screen"](query="lab", selection=["s_1"])
    assert told["parts"] == ["page = ws.find('lab')", "table = ws.frame('lab')", "samples = ws.samples(['s_1'])"]
    assert _code_log.commands(ws)["code.screen"](acts=[])["parts"] == [], "a page that shows no list is not told as one"


def test_a_queue_that_is_not_made_yet_is_told_as_the_call_that_makes_it() -> None:
    wish = {
        "schemes": ["domain"],
        "query": "lab",
        "order": "uncertain",
        "count": 50,
        "together": True,
        "each_turn": False,
    }
    assert code_of("review.make", {**wish, "name": ""}) == (
        "queue = ws.start_queue(['domain'], 'lab', order='uncertain', count=50)"
    )
