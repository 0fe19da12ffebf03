"""The messages between page and Python, one file for each group of commands: real requests, and replies as recorded.

A reply may carry other values than the recorded one; its shape (fields and kinds) is the contract. The front end's
tests read the same files. After a wanted change: ``WORKBENCH_WRITE_CONTRACTS=1 pytest tests/contracts``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from widgets import Workbench
from widgets._bridge import gather, reply
from workbench.llm import ScriptedModel
from workbench.workspace import open_workspace

HERE = Path(__file__).parent
WRITE = bool(os.environ.get("WORKBENCH_WRITE_CONTRACTS"))
CHATS = (("Is the lab open on Sunday?", "No, on Monday at seven."), ("My card was charged twice.", "I will refund it."))

TURNS = [{"id": "t1", "role": "user", "content": "Is the lab open?"}]

ASKED: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "app": (("app.start", {}), ("me.recall", {"name": "density"}), ("me.speak", {"language": "en", "keep": False})),
    "browse": (
        ("browse.start", {}),
        ("browse.rows", {"query": "", "sort": "newest", "offset": 0, "limit": 100}),
        ("browse.facets", {"query": ""}),
        ("browse.count", {"query": "card"}),
        ("browse.rows", {"query": "turns>="}),
        ("browse.save", {"name": "kept", "query": "card"}),
        ("browse.remove", {"name": "kept"}),
        ("sample.open", {"id": "SAMPLE"}),
    ),
    "tag": (
        ("tag.set", {"ids": ["SAMPLE"], "scheme": "naturalness", "value": 4}),
        ("tag.clear", {"ids": ["SAMPLE"], "scheme": "naturalness"}),
        ("tag.set", {"ids": ["SAMPLE"], "scheme": "naturalness", "value": 9}),
        ("step.undo", {}),
    ),
    "job": (("job.list", {}), ("job.cancel", {"id": "j_none"})),
    "edit": (
        ("edit.save", {"id": "SAMPLE", "turns": TURNS, "base_revision": 1, "note": "shorter", "pair": None}),
        ("edit.save", {"id": "SAMPLE", "turns": TURNS, "base_revision": 9}),
        ("history.list", {"id": "SAMPLE"}),
        ("history.diff", {"id": "SAMPLE", "old": 1, "new": 2}),
        ("pair.list", {"id": "SAMPLE"}),
        ("step.list", {"limit": 30, "everybody": False}),
    ),
    "generate": (
        ("generate.start", {}),
        ("generate.count", {"where": ""}),
        ("document.list", {}),
        ("document.add", {"path": "none.md"}),
        ("generate.estimate", {"recipe": "noise", "where": "", "params": {}, "limit": 1}),
        ("generate.estimate", {"recipe": "nobody", "where": ""}),
        ("generate.gaps", {"where": "", "params": {"grid": "language: en | zh\ndomain: helth", "target": 3}}),
        ("generate.gaps", {"where": "", "params": {"grid": "length: huge"}}),
        ("generate.counted", {"job": "j_none"}),
        ("generate.estimated", {"job": "j_none"}),
        ("run.list", {}),
        ("approve.list", {"run": "run_0"}),
        ("approve.give", {"ids": ["d_none"]}),
        ("draft.queue", {"run": None}),
        ("draft.lost", {"run": "run_0"}),
        ("run.yield", {"run": "RUN"}),
        ("run.gated", {"run": "RUN", "gate": "copy", "verdict": "passed"}),
        ("run.gated", {"run": "RUN", "verdict": "maybe"}),
        ("run.figures", {"run": "WORDS"}),
        ("run.figures", {"run": "RUN"}),
        ("run.figured", {"job": "j_none"}),
        ("run.gaps", {"run": "GAPS"}),
        ("run.gaps", {"run": "RUN"}),
        ("draft.repair", {"id": "nobody", "text": "Yes."}),
        ("repeat.offer", {"id": "SAMPLE"}),
        (
            "repeat.look",
            {"rule": {"find": "lab is", "by": "desk is", "roles": ["user"], "slots": True}, "samples": True},
        ),
        ("repeat.look", {"rule": {"find": "is"}}),
        ("draft.candidates", {"id": "d_none"}),
        ("draft.prefer", {"ranks": {"d_none": 1}}),
        ("judge.estimate", {"run": None, "count": 5}),
        ("judge.start", {"run": "run_0", "count": 5}),
        ("judge.list", {}),
        ("judge.pairs", {}),
        ("prompt.open", {"id": "ASKED"}),
        ("prompt.open", {"id": "d_none"}),
        ("prompt.alike", {"id": "ASKED"}),
        ("prompt.diff", {"old": "ASKED", "new": "ASKED"}),
        ("live.measures", {"run": None}),
        ("live.open", {"id": "d_none"}),
    ),
    "map": (
        ("map.start", {}),
        ("map.select", {"query": "", "region": 99}),
        ("map.clear", {}),
        ("map.point", {"row": 99}),
    ),
    "quality": (
        ("quality.count", {"query": "card"}),
        ("quality.duplicates", {"query": ""}),
        ("quality.alike", {}),
        ("quality.measure", {"query": "naturalness>="}),
        ("quality.report", {"job": "j_none"}),
    ),
    "release": (
        ("release.start", {}),
        ("slice.count", {"where": "card"}),
        ("slice.save", {"name": "cards", "where": "card", "title": "Cards"}),
        ("slice.save", {"name": "", "where": "card", "title": ""}),
        ("slice.counts", {}),
        ("slice.builds", {"name": "first"}),
        ("slice.remove", {"name": "cards"}),
        ("slice.remove", {"name": "nothing"}),
        ("release.preview", {"build": "BUILD", "to": "csv"}),
    ),
    "review": (
        ("review.start", {}),
        ("review.make", {"schemes": ["domain"], "query": "", "order": "random", "count": 2, "seed": 4}),
        ("review.open", {"id": "QUEUE"}),
        ("review.sample", {"queue": "QUEUE", "id": "SAMPLE"}),
        ("review.skip", {"queue": "QUEUE", "id": "SAMPLE"}),
        ("review.results", {"id": "QUEUE"}),
        ("review.open", {"id": "q_none"}),
    ),
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("contracts")
    file = folder / "chats.jsonl"
    roles = ("user", "assistant")
    records = [{"messages": [{"role": roles[i % 2], "content": text} for i, text in enumerate(chat)]} for chat in CHATS]
    file.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    with open_workspace(folder / "test.workspace", author="ana") as ws:
        ws.collect(file)
        ws.tag(ws.ids(), "naturalness", 3)
        ws.background("Look", lambda control: None).wait(10)
        handlers = gather(ws, *Workbench.answers, _me_commands())
        ws.slice("first", "")
        said = json.dumps({"turns": [text for chat in CHATS for text in chat]})
        grid = {"grid": "language: en | zh\nlength: short", "target": 3, "variants": 1}
        gaps = ws.generate("gap_fill", "", grid, model=ScriptedModel(lambda request: said), seed=1).wait()
        lists = {"things": "lab", "actions": "close", "conditions": "open", "variants": 1}
        words = ws.generate("lexicon_triples", params=lists, model=ScriptedModel(lambda request: said), seed=1).wait()
        run = ws.generate("noise", ws.ids()[:1], seed=1).wait()
        names = {
            "RUN": run.id,
            "GAPS": gaps.id,
            "WORDS": words.id,
            "ASKED": ws.drafts(words.id)[0].id,
            "SAMPLE": ws.ids()[0],
            "BUILD": ws.freeze("first").id,
            "QUEUE": ws.start_queue(["domain"]).id,
        }

        def asked(command_name: str, args: dict[str, Any], rid: int) -> tuple[dict[str, Any], dict[str, Any]]:
            command = {
                "kind": "command",
                "v": 1,
                "rid": rid,
                "page": "p1",
                "done": rid - 1,
                "name": command_name,
                "args": args,
            }
            text = json.dumps(command)
            for name, real in names.items():
                text = text.replace(f'"{name}"', json.dumps(real))
            answer = orjson.dumps(reply(handlers, json.loads(text))).decode()
            return command, json.loads(answer.replace(str(folder), "/home/ana"))

        yield asked


def _me_commands() -> Any:
    from widgets import _me

    return _me.commands


def shape(value: Any) -> Any:
    """The fields and kinds of a value; a list is as its first entry, a number is a number."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in sorted(value.items())}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    if isinstance(value, bool) or value is None:
        return type(value).__name__
    return "number" if isinstance(value, int | float) else type(value).__name__


@pytest.mark.parametrize("group", ASKED)
def test_replies_have_the_shape_that_is_written_down(group: str, ask: Any) -> None:
    pairs = [ask(name, args, rid) for rid, (name, args) in enumerate(ASKED[group], start=1)]
    recorded = HERE / f"{group}.json"
    if WRITE:
        messages = [{"command": command, "reply": answer} for command, answer in pairs]
        recorded.write_text(json.dumps(messages, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    written = json.loads(recorded.read_text(encoding="utf-8"))
    assert [message["command"] for message in written] == [command for command, _ in pairs]
    assert [shape(message["reply"]) for message in written] == [shape(answer) for _, answer in pairs]
