"""The code shown for a command, as text: it reads as a person would write it, and no text of ours becomes code."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from tests.widgets.asking import asker
from tests.widgets.code_cases import Given
from widgets import Workbench, _code_log, _me
from widgets._code import cell_of, code_of
from workbench.workspace import Workspace


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
        ("judge.start", {"run": "run_1", "pairs": True}, "job = ws.judge(run='run_1', pairs=True)"),
        ("judge.estimate", {"pairs": True, "seed": 3}, "ws.judge_estimate(seed=3, pairs=True)"),
        ("approve.give", {"ids": ["d_1", "d_2"]}, "ws.approve(['d_1', 'd_2'])"),
        ("approve.run", {"run": "r", "params": {"turns": 4}, "budget": {"calls": "9"}, "reuse": True},
         "job = ws.generate_approved('r', {'turns': 4}, reuse=True, budget=wb.Budget(calls=9))"),
        ("job.cancel", {"id": "job_1"}, "ws.job('job_1').cancel()"),
        ("model.test", {}, "ws.try_model()"),
        ("model.test", {"name": "large"}, "ws.try_model('large')"),
        ("model.remove", {"name": "large"}, "ws.remove_model('large')"),
        ("model.save", {"settings": {"base_url": "https://a.example/v1", "model": "m"}, "name": "large"},
         "ws.set_model({'base_url': 'https://a.example/v1', 'model': 'm'}, 'large')"),
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
        ("generate.run", {"recipe": "noise", "where": {"like": "s_1", "query": "card", "mix": 0.5, "limit": 20}},
         "job = ws.generate('noise', ws.joint_select('card', like='s_1', mix=0.5, limit=20))"),
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
