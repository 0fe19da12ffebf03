"""What a run is like, in figures, in a real browser: by key from the drafts to the figures, to the gates and back."""

from __future__ import annotations

import re
from typing import Any

import pytest

import workbench as wb
from widgets.bench import desk

pytestmark = pytest.mark.ui
SOON = 30_000


def test_the_figures_of_a_run_are_a_table_with_what_each_means(lab: Any, page: Any) -> None:
    with wb.open(lab.workspace, author=desk.AUTHOR) as ws:
        run = ws.generate("private_twin", "language:en", limit=6).wait().id
    desk.open_app(page, lab)
    page.click("[data-tab=generate]")
    page.locator(f"tr[data-run='{run}'] [data-action=run-gave]").click(timeout=SOON)
    page.wait_for_selector(".wb-figure-table", timeout=SOON)
    first = page.locator(".wb-figure-table tbody tr").first.inner_text()
    assert re.search(r"Planted secrets that came out\s.*none may come out\s+0 of 36\s+secrets", first, re.DOTALL)
    nearer = page.locator(".wb-figure-table tbody tr").last.inner_text()
    assert "about 50 % is expected. This is no proof of privacy" in nearer
    assert "95 % interval" in nearer
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Figures"
    page.keyboard.press("g")
    page.wait_for_selector(".wb-yield-table", timeout=SOON)
    page.keyboard.press("g")
    page.wait_for_selector(".wb-figure-table", timeout=SOON)
    page.keyboard.press("Escape")
    assert page.locator(".wb-overlay").count() == 0
    assert page.mistakes == []
