"""The whole main job in a real JupyterLab and a real Chromium, as an expert does it: one test, one story.

Import real published files, search, open, tag by keyboard, make variants with and without a model, edit one, accept,
freeze, export; then read the export back and find exactly those samples.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from widgets.bench.desk import SAVED

SOON = 60_000
SLOW = 180_000  # the local model writes on two shared cores
QUEUE = "[data-page=generate] .wb-queue"
ALL_OF = """wanted => { const rows = [...document.querySelectorAll("[data-page=browse] [data-sample-id]")];
    return rows.length > 0 && rows.every(row => wanted.includes(row.dataset.sampleId)); }"""
NEWER = """older => { const run = document.querySelector("[data-page=generate] tr.wb-on")?.dataset.run;
    return run !== undefined && !older.includes(run); }"""


def _tab(page: Any, name: str) -> None:
    page.click(f"[data-tab={name}]")


def _collect(page: Any, path: Path) -> None:
    _tab(page, "collect")
    field = page.get_by_label("Path of a file or folder on this machine")
    field.fill(str(path))
    page.click("[data-action=preview]")
    page.wait_for_selector("[data-field=source]", timeout=SOON)
    page.get_by_role("button", name="Import", exact=False).last.click()
    page.wait_for_selector("[data-part=report]", timeout=SOON)


def _search(page: Any, ws: wb.Workspace, query: str) -> list[str]:
    _tab(page, "browse")
    page.keyboard.press("/")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(query)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.wait_for_function(ALL_OF, arg=list(ws.ids(query)), timeout=SOON)
    return page.eval_on_selector_all("[data-sample-id]", "rows => rows.map(row => row.dataset.sampleId)")


def _tag_first(page: Any, naturalness: str, domain: str) -> None:
    page.locator("[data-sample-id]").first.click()
    page.keyboard.press(naturalness)
    page.keyboard.press("d")
    page.keyboard.type(domain)
    page.keyboard.press("Enter")
    page.wait_for_selector(SAVED, timeout=SOON)


def _generate(page: Any, ws: wb.Workspace, recipe: str, query: str, params: dict[str, str] | None = None) -> str:
    """Start a run and wait until its first draft is the open one; the draft's id."""
    _tab(page, "generate")
    if page.locator(".wb-back").count():
        page.click(".wb-back")
    page.click(f"[data-recipe={recipe}]")
    page.locator("[data-field=where]").fill(query)
    for name, value in (params or {}).items():
        page.locator(f"[data-param={name}]").fill(value)
    page.locator("[data-page=generate] .wb-where-count", has_text=f"{ws.count(query)} conversation").wait_for(
        timeout=SOON
    )
    older = [run.id for run in ws.runs()]
    page.click("[data-action=start-run]")
    page.wait_for_function(NEWER, arg=older, timeout=SLOW)  # until then the drafts of other runs are shown
    first = page.wait_for_selector(f"{QUEUE} [data-draft-id][aria-selected=true]", timeout=SLOW)
    draft = str(first.get_attribute("data-draft-id"))
    page.wait_for_selector(f".wb-draft-view[data-draft-id='{draft}']", timeout=SOON)
    page.locator(QUEUE).focus()
    return draft


def _decided(page: Any, draft: str) -> None:
    page.wait_for_selector(f"{QUEUE} [data-draft-id='{draft}']", state="detached", timeout=SOON)


@pytest.fixture
def originals(corpora: Path) -> dict[str, Path]:
    folder = corpora / "original_formats"
    return {"sgd": next((folder / "sgd").glob("dialogues*")), "crosswoz": next((folder / "crosswoz").glob("*.json"))}


def test_the_main_job_from_import_to_export(lab, new_page, shot, originals, tmp_path):
    page = new_page()
    page.goto(lab.address())
    page.wait_for_selector("[data-workbench=app][data-ready=true]", timeout=90_000)
    ws = wb.open(lab.workspace, author="tester")

    for name, path in originals.items():
        _collect(page, path)
        shot(page, f"job-1-collect-{name}")
    (sgd_import,) = [record for record in ws.imports() if record.format == "sgd"]
    assert sgd_import.imported + sgd_import.duplicates + sgd_import.quarantined == sgd_import.read > 0

    found = _search(page, ws, f"import:{sgd_import.id}")
    assert set(found) <= set(ws.ids(f"import:{sgd_import.id}"))
    _tag_first(page, "4", "restaurants")
    chosen = page.locator("[data-sample-id][aria-selected=true]").get_attribute("data-sample-id")
    shot(page, "job-2-tagged")
    mine = {tag.scheme: tag.value for tag in ws.tags([chosen]) if tag.author == "tester"}
    assert mine == {"naturalness": 4, "domain": "retail/restaurants"}

    draft = _generate(page, ws, "noise", f"id:{chosen}")
    shot(page, "job-3-drafts")
    page.keyboard.press("e")
    page.locator(".wb-draft-edit textarea").first.fill("Hi there, I would like a table for two, please.")
    shot(page, "job-4-edit")
    page.keyboard.press("ControlOrMeta+Enter")
    _decided(page, draft)
    (variant,) = ws.find(f"parent:{chosen} recipe:noise").samples
    assert variant.turns[0].content == "Hi there, I would like a table for two, please."
    assert (variant.origin.edited_by, variant.origin.depth) == ("tester", 1)

    draft = _generate(page, ws, "answer", f"id:{chosen}")
    shot(page, "job-5-model-drafts")
    page.keyboard.press("a")
    _decided(page, draft)
    (answered,) = ws.find(f"parent:{chosen} recipe:answer").samples
    assert answered.origin.model

    _search(page, ws, f"parent:{chosen} OR id:{chosen}")
    _tab(page, "release")
    page.click("[data-action=new-slice]")
    page.locator("[data-field=title]").fill("Table for two")
    page.locator("[data-field=query]").fill(f"parent:{chosen} OR id:{chosen}")
    page.click("[data-action=save-slice]")
    page.click("[data-action=freeze]")
    page.wait_for_selector("[data-format=workbench]", timeout=SOON)
    out = tmp_path / "release"
    page.locator("[data-format=workbench]").check()
    page.locator("[data-format=openai-chat]").check()
    page.get_by_label("Target folder").fill(str(out))
    page.click("[data-action=export]")
    page.wait_for_selector("[data-part=written]", timeout=SOON)
    shot(page, "job-6-release")

    lines = [json.loads(line) for line in (out / "workbench.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["sample"]["id"] for line in lines} == {chosen, variant.id, answered.id}
    with wb.open(tmp_path / "again.workspace", author="reader") as again:
        again.collect(out / "workbench.jsonl")
        assert set(again.ids()) == {chosen, variant.id, answered.id}
        assert again.get(variant.id).turns == variant.turns
    assert page.mistakes == []
    ws.close()
