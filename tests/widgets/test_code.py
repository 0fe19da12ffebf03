"""The code shown for a command does what the command does: both are run on equal workspaces and compared."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

import widgets
from tests.widgets.asking import asker
from tests.widgets.code_cases import CASES, ELSEWHERE, Given, new_question
from widgets import Workbench, _code_log, _me
from widgets._bridge import gather
from widgets._code import PLAIN, code_of
from widgets._code_calls import DOES, FINDS, ROOMS
from workbench.workspace import Workspace, open_workspace


def all_commands(ws: Workspace) -> set[str]:
    panels = [getattr(widgets, name) for name in widgets.__all__]
    answers = [panel.answers for panel in panels if hasattr(panel, "answers")]
    return {name for group in answers for name in gather(ws, _me.commands, _code_log.commands, *group)}


def test_every_command_has_its_code_or_is_plain_on_purpose(ws: Workspace) -> None:
    decided = [DOES.keys(), FINDS.keys(), PLAIN]
    assert all_commands(ws) - set().union(*decided) == set(), "decide in widgets._code what these are"
    assert set().union(*decided) - all_commands(ws) == set(), "these commands are gone"
    assert sum(map(len, decided)) == len(set().union(*decided))


def test_no_room_speaks_for_a_command_of_another() -> None:
    assert sum(len(room.DOES) + len(room.FINDS) for room in ROOMS) == len(DOES) + len(FINDS)


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
