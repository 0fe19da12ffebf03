"""Filling the gaps of a collection in the real browser: a grid as a heat map, before and after, by keys alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

import workbench as wb
from tests.ui.generating import GENERATE, SOON, connected, press, reject_left, show
from tests.ui.scenes import theme
from tests.ui.test_access import violations
from widgets.bench.desk import READY, START_MS
from workbench.flows.gaps import cell_query

SHEET = "[role=dialog][aria-label='What the run gave']"
WHERE = "origin:imported turns<=8"
GRID = "language: en | fr | zh x2\nlength: short | middle"
FRENCH = [
    [
        "Bonjour, je voudrais savoir si la piscine reste ouverte pendant les vacances de printemps.",
        "Bonjour, oui, tous les jours de dix heures à dix-huit heures, sauf le lundi matin.",
        "Et faut-il réserver un créneau pour venir avec deux enfants ?",
        "Non, il suffit de passer à la caisse avec un justificatif de domicile.",
    ],
    [
        "Mon vélo fait un bruit bizarre quand je freine, surtout sous la pluie.",
        "Cela vient souvent des patins usés. Depuis quand ne les avez-vous plus changés ?",
        "Deux ans au moins, je crois bien.",
        "Alors remplacez-les avant de rouler en ville ; l'atelier peut le faire jeudi après-midi.",
    ],
]
ENGLISH = [
    "Is the archive open to visitors who have no reader's card yet?",
    "It is, but you fill in a form at the desk before you go down to the reading room.",
    "How long does that take on a busy afternoon?",
    "Hardly ten minutes, and the card is free.",
]


class Author:
    """Writes French where it is wanted, and English instead of Chinese, which lies outside its cell."""

    def __init__(self) -> None:
        self.french = iter(FRENCH)

    def __call__(self, body: dict[str, Any]) -> str:
        wanted = body["messages"][-1]["content"]
        return json.dumps({"turns": next(self.french) if "language: French" in wanted else ENGLISH})


@pytest.fixture
def desk(lab: Any) -> Any:
    """The workspace of the lab; a call costs 20 cents."""
    prices = {"usd_per_million_in": 100.0, "usd_per_million_out": 200.0}
    with connected(lab, Author(), used=(1000, 500), in_flight=1, **prices) as (ws, _):
        yield ws
        for run in ws.runs():
            if run.recipe == "gap_fill":
                reject_left(ws, run.id)


def before(ws: wb.Workspace) -> dict[tuple[str, str], int]:
    """How many conversations lie in each cell, in the order of the grid, by the queries of the cells."""
    cells = [(language, length) for language in ("en", "fr", "zh") for length in ("short", "middle")]
    return {
        cell: len(ws.ids(cell_query(dict(zip(("language", "length"), cell, strict=True)), WHERE))) for cell in cells
    }


def shown(page: Any) -> dict[str, str]:
    """The figures over the grid, by their names."""
    facts = page.locator(f"{SHEET} .wb-yield-fact").evaluate_all(
        "all => all.map(one => [one.querySelector('span').innerText, one.querySelector('b').innerText])"
    )
    return dict(facts)


def cells(page: Any) -> list[str]:
    """What stands in each cell, row by row."""
    return [text.replace("\n", " ") for text in page.locator(f"{SHEET} .wb-gap").all_inner_texts()]


def told(have: dict[tuple[str, str], int], target: int, **now: str) -> list[str]:
    """What the cells say when all but the named ones ("fr_short") had enough."""
    lines = []
    for (language, length), number in have.items():
        wanted = target * (2 if language == "zh" else 1)
        said = now.get(f"{language}_{length}", f"{number} had enough")
        after, _, why = said.partition(" ")
        lines.append(f"{number} → {after} / {wanted} {why}")
    return lines


def planned(have: dict[tuple[str, str], int], target: int, **more: int) -> list[str]:
    """What the cells say on the form when a run would write so many more for the named ones ("fr_short")."""
    lines = []
    for (language, length), number in have.items():
        wanted = target * (2 if language == "zh" else 1)
        added = more.get(f"{language}_{length}", 0)
        lines.append(f"{number} / {wanted} {f'+{added}' if added else 'enough'}")
    return lines


def counted(page: Any, expected: list[str]) -> list[str]:
    """The cells on the form, as soon as they are these; else as they are in the end."""
    grid = page.locator(f"{GENERATE} .wb-gaps-before .wb-gap")
    found: list[str] = []
    for _ in range(SOON // 100):
        found = [text.replace("\n", " ") for text in grid.all_inner_texts()]
        if found == expected:
            break
        page.wait_for_timeout(100)
    return found


def ask_for(page: Any, **params: str) -> None:
    """Choose the recipe and say what it is asked, as a person does."""
    show(page)
    page.click(f"{GENERATE} [data-recipe=gap_fill]")
    page.fill(f"{GENERATE} [data-field=where]", WHERE)
    for name, value in params.items():
        page.fill(f"{GENERATE} [data-param={name}]", value)
    page.wait_for_selector(f"{GENERATE} .wb-estimate .wb-fact:has-text('Model calls')", timeout=SOON)


def started(page: Any, ws: wb.Workspace, count: int) -> list[wb.Draft]:
    """Start the run. Its drafts, once all of them are in the list, where those of an older one may have stood."""
    older = {run.id for run in ws.runs()}
    page.click(f"{GENERATE} [data-action=start-run]")
    drafts: list[wb.Draft] = []
    for _ in range(SOON // 100):
        drafts = [draft for run in ws.runs() if run.id not in older for draft in ws.drafts(run.id)]
        if len(drafts) == count:
            page.wait_for_selector(f"{GENERATE} [data-draft-id='{drafts[-1].id}']", timeout=SOON)
            return drafts
        page.wait_for_timeout(100)
    raise AssertionError(f"the run wrote {len(drafts)} of {count} drafts")


def here(page: Any) -> str:
    return str(page.evaluate("document.activeElement.dataset.gap ?? ''"))


def walk(page: Any) -> list[str]:
    """From the first cell through the grid and back, beyond its edge too; where each key led."""
    places = [here(page)]
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "j", "ArrowLeft", "k", "ArrowUp", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        places.append(here(page))
    return places


@pytest.mark.parametrize("name", ["light", "dark"])
def test_gaps_are_filled_and_the_grid_tells_before_after_and_cost(lab, page, desk, shot, name):
    ws, have = desk, before(desk)
    target = have["fr", "short"] + 2
    lacking = 2 * target - have["zh", "short"]
    with theme(lab, name):
        page.goto(lab.address())
        page.wait_for_selector(READY, timeout=START_MS)
        ask_for(page, grid=GRID, target=str(target), variants=str(2 + lacking), floor="0")
        expected = planned(have, target, fr_short=2, zh_short=lacking)
        assert counted(page, expected) == expected
        page.focus(f"{GENERATE} .wb-gaps-before [data-gap][tabindex='0']")
        page.keyboard.press("ArrowDown")
        assert here(page) == "2 0"
        shot(page, f"gaps-form-{name}")
        assert violations(page) == []
        written = {draft.id: draft.meta["gap"]["cell"]["language"] for draft in started(page, ws, 2 + lacking)}
        assert sorted(written.values()) == ["fr"] * 2 + ["zh"] * lacking

        press(page, "y")
        page.wait_for_selector(f"{SHEET} .wb-gap", timeout=SOON)
        outside = f"{have['zh', 'short']} {lacking} short · {lacking} to decide"
        assert cells(page) == told(have, target, fr_short=f"{target - 2} 2 short · 2 to decide", zh_short=outside)
        assert shown(page)["cost per filled cell"] == "no cell filled yet"
        shot(page, f"gaps-before-{name}")
        assert violations(page) == []
        page.keyboard.press("Escape")
        for draft in [id for id, language in written.items() if language == "fr"]:
            page.click(f"{GENERATE} .wb-queue [data-draft-id='{draft}']")
            press(page, "a")
            page.wait_for_selector(f"{GENERATE} .wb-queue [data-draft-id='{draft}']", state="detached", timeout=SOON)

        press(page, "y")
        page.wait_for_selector(f"{SHEET} .wb-gap:has-text('filled')", timeout=SOON)
        assert cells(page) == told(have, target, fr_short=f"{target} filled", zh_short=outside)
        usd = f"${0.2 * (2 + lacking):.2f}"
        facts = {"cells in all": "6", "were short before": "2", "filled by the run": "1", "still short": "1"}
        assert shown(page) == {**facts, "cost per filled cell": usd}
        assert walk(page) == ["1 0", "2 0", "2 1", "2 1", "3 1", "3 0", "2 0", "1 0", "1 0", "2 0"]
        assert page.locator(f"{SHEET} [data-gap][tabindex='0']").count() == 1
        page.keyboard.press("ArrowDown")
        said = (
            f"language zh, length short: {have['zh', 'short']} before, {have['zh', 'short']} now, {2 * target} wanted"
        )
        why = f"{lacking} short · {lacking} to decide · {lacking} lie outside the cell"
        assert page.locator(f"{SHEET} .wb-gaps-told").inner_text() == f"{said} · {why}"
        shot(page, f"gaps-after-{name}")
        assert violations(page) == []
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-page=browse]:not([hidden]) .wb-item-current", timeout=SOON)
        page.locator("[data-page=browse] .wb-list-facts", has_text=f"{target} found").wait_for(timeout=SOON)
    assert page.mistakes == []
