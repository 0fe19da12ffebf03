"""Nothing on any screen keeps anybody out: axe-core, scene by scene, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.ui.scenes import theme, visit
from tests.ui.waiting import at_rest
from widgets.bench.desk import open_app

AXE = Path(__file__).parents[2] / "widgets/frontend/node_modules/axe-core/axe.min.js"
# What lies under a dialog is looked at in scenes of its own.
RUN = """async () => (await axe.run(
    [...document.querySelectorAll("[data-workbench=app], [data-workbench=app] [role=dialog]")].pop(),
    {resultTypes: ["violations"]})).violations.flatMap(rule =>
    rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)} (${node.failureSummary.split("\\n")[1]})`))"""


def violations(page: Any) -> list[str]:
    """What axe-core says against the application as it stands there, one line for each element and rule."""
    at_rest(page)  # what is half faded in has too little contrast for a moment
    if not page.evaluate("typeof axe === 'object' && typeof axe.run === 'function'"):
        page.evaluate(f"{AXE.read_text('utf-8')}; 0")
    return page.evaluate(RUN)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_no_screen_has_a_barrier(lab, page, name, shot):
    found = {}
    with theme(lab, name):
        open_app(page, lab)
        page.wait_for_function(
            "light => document.body.dataset.jpThemeLight === light", arg=str(name == "light").lower()
        )
        for scene in visit(page):
            shot(page, f"{scene.name}-{name}")
            found[scene.name] = violations(page)
    assert {scene: lines for scene, lines in found.items() if lines} == {}
    assert page.mistakes == []


def test_axe_finds_a_barrier_where_there_is_one(app):
    app.evaluate(
        "() => document.querySelector('[data-workbench=app]').append(Object.assign(document.createElement('button'),"
        " {id: 'nameless'}))"
    )
    assert any(line.startswith("button-name") for line in violations(app))
    app.evaluate("document.getElementById('nameless').remove()")
