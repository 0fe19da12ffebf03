from __future__ import annotations

from workbench.llm import ScriptedModel
from workbench.workspace import open_workspace


def test_candidates_are_listed_put_in_order_and_decided(run, file, tmp_path):
    run("collect", file)
    with open_workspace(tmp_path / "w.workspace", author="ana") as ws:
        made = ws.generate("rank_n", limit=1, params={"variants": 3}, model=ScriptedModel(["One.", "Two.", "Three."]))
        drafts = [draft.id for draft in ws.drafts(made.wait(20).id)]
    assert {line["id"] for line in run("candidates", drafts[0])} == set(drafts)
    run("rank", f"{drafts[0]}=2", f"{drafts[1]}=1", f"{drafts[2]}=-")
    assert {line["id"]: line.get("rank") for line in run("candidates", drafts[0])} == dict(
        zip(drafts, (2, 1, None), strict=True)
    )
    (done,) = run("rank", f"{drafts[0]}=2", f"{drafts[1]}=1", f"{drafts[2]}=3", "--decide")
    assert len(done["samples"]) == 1
    (orders,) = run("orders")
    assert orders["requests"] == 1
    assert len(orders["strengths"]) == 3


def test_a_place_that_cannot_be_read_says_how_it_is_written(run, file, capsys):
    from workbench.cli import main

    run("collect", file)
    assert main(["rank", "d_1"]) == 2
    assert "DRAFT=PLACE" in capsys.readouterr().err
