"""Going on with a run over a set that was tagged meanwhile: what its rows share was drawn once, before the first."""

from __future__ import annotations

import json
from collections import Counter

from tests.builders import a_sample
from tests.flows.changed_desk import drafts, echo, resumed
from tests.flows.changed_desk import ws as ws  # the fixture
from workbench.ids import content_hash
from workbench.llm import ScriptedModel
from workbench.model import Budget


def a_conversation(request):
    if request.schema is None:
        return echo(request)
    turns = request.schema["properties"]["turns"]["minItems"]
    return json.dumps({"turns": [f"Turn {n} of {request.seed}." for n in range(turns)]})


FILL = {"grid": "domain: finance | health | law\nlength: short | middle", "target": 3, "variants": 12, "floor": 0.0}


def test_a_set_that_was_tagged_meanwhile_is_gone_on_with_behind_what_is_there(ws):
    ws.tag(["s0"], "domain", "law")
    model = ScriptedModel(a_conversation)
    run = ws.generate("gap_fill", "", FILL, model=model, seed=3, pilot=5).wait(30)
    kept = drafts(ws, run)
    ws.tag(["s1"], "domain", "health")
    run = ws.resume(run.id, model=model).wait(30)
    assert (sum(run.counts.values()), len(model.history)) == (12, 12)
    assert not run.counts.keys() & {"failed", "in_doubt"}
    assert kept.items() <= drafts(ws, run).items()


def cells(ws, run):
    return Counter(tuple(draft.meta["gap"]["cell"].values()) for draft in ws.drafts(run.id))


def test_what_a_set_lacks_is_counted_once_for_the_whole_run(ws):
    """Tags of meanwhile neither fill a cell twice nor leave one short of what was drawn for it."""
    ws.tag(["s0"], "domain", "law")
    whole = ws.generate("gap_fill", "", FILL, model=ScriptedModel(a_conversation), seed=3).wait(30)
    model = ScriptedModel(a_conversation)
    run = ws.generate("gap_fill", "", FILL, model=model, seed=3, pilot=5).wait(30)
    ws.tag(["s1"], "domain", "health")
    ws.tag(["s2"], "domain", "finance")
    coming = Counter({tuple(cell.cell.values()): cell.coming for cell in ws.gap_fill(run.id).cells})
    assert +coming == cells(ws, whole) - cells(ws, run)
    run = ws.resume(run.id, model=model).wait(30)
    assert cells(ws, run) == cells(ws, whole)


def test_a_run_that_made_nothing_yet_counts_the_set_as_it_is_when_it_goes_on(ws):
    run = ws.generate("gap_fill", "", FILL, model=ScriptedModel([]), seed=3, budget=Budget(calls=0)).wait(30)
    assert run.counts == {"waiting": 12}
    ws.tag(["s0", "s1", "s2"], "domain", "law")
    run = resumed(ws, run, ScriptedModel(a_conversation))
    assert (sum(run.counts.values()), cells(ws, run)["law", "short"]) == (12, 0)


def people(ws):
    """Twelve conversations of twelve people, of which the first eight are of the rare kind."""
    names = "Anna Bell, Tom Cole, Mary Kent, Jim Ford, Lucy Hall, Peter Lane, Rose Hill, Sam West, Nora Pike, Alan Reed"
    with ws._store.write("ana", "import") as writer:
        for n, name in enumerate(names.split(", ")):
            said = f"Hello, my name is {name} and I lost my card on {n + 3} May at {n + 1}0 Main Street."
            writer.add_samples([a_sample(said, f"There were {120 + n * 37} dollars on it.", id=f"p{n}")])
    ws.tag([f"p{n}" for n in range(8)], "domain", "finance/cards")


def test_what_was_held_out_stays_out_whatever_is_tagged_meanwhile(ws):
    people(ws)
    params = {"rare": "domain: finance/cards", "variants": 10, "prove": False, "least": 4}
    run = ws.generate("upsample", "", params, seed=3, pilot=3).wait(60)
    held_out = set(drafts(ws, run)[0].meta["held_out_ids"])
    assert len(held_out) == 4
    ws.tag(["p8", "p9"], "domain", "finance/cards")
    run = ws.resume(run.id).wait(60)
    assert sum(run.counts.values()) == len(drafts(ws, run)) == 10
    assert not held_out & {parent for draft in drafts(ws, run).values() for parent in draft.parents}
    (told,) = {tuple(draft.meta["upsample"]["held_out"].values()) for draft in drafts(ws, run).values()}
    assert told == (4, content_hash(drafts(ws, run)[0].meta["held_out_ids"]))
