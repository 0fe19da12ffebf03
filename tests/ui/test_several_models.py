"""A second model connected in the real browser, mixed into a run through the recipe's form, and never named blind."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from tests.llm.endpoint import able, endpoint, say
from tests.ui.generating import GENERATE, SOON, choose_run, connected, press, reject_left, show
from tests.ui.scenes import theme
from tests.ui.test_access import violations
from widgets.bench.desk import READY, START_MS

DIALOG = "[role=dialog]"


def which(page: Any, name: str) -> None:
    page.select_option(f"{DIALOG} [data-field=which]", name)


@pytest.fixture
def opened(lab, page):
    """The Generate page, with a second endpoint that is not connected yet; gives the workspace and both servers."""
    numbers = count(1)

    def second(handler, body):
        if "response_format" in body or body["messages"][-1]["content"] == "Say hello.":
            return able(handler, body)
        return say(handler, body, f"Bring the letter {next(numbers)} and ask for the person who signed it.")

    with endpoint(second) as other, connected(lab, lambda _: f"Call us at {next(numbers)} sharp, please.",
                                              model="secret-small") as (ws, own):  # fmt: skip
        page.goto(lab.address())
        page.wait_for_selector(READY, timeout=START_MS)
        show(page)
        yield ws, own, other
        for run in ws.runs()[:1]:
            reject_left(ws, run.id)
        if "large" in ws.models():
            ws.remove_model("large")


def test_a_second_model_is_connected_tried_mixed_and_compared_blind(opened, page, shot):
    ws, _, other = opened
    page.click(f"{GENERATE} [data-action=model-settings]")
    assert page.input_value(f"{DIALOG} [data-field=model]") == "secret-small"
    which(page, "")
    page.fill(f"{DIALOG} [data-field=name]", "large")
    page.fill(f"{DIALOG} [data-field=base_url]", other.url)
    page.fill(f"{DIALOG} [data-field=model]", "secret-large")
    assert violations(page) == []
    shot(page, "models-connect")
    assert page.locator(f"{DIALOG} [data-action=model-save]").bounding_box()["y"] < page.viewport_size["height"] - 40
    page.click(f"{DIALOG} [data-action=model-test]")
    page.wait_for_selector(f"{DIALOG} [role=status]:has-text('It opens on Monday.')", timeout=SOON)
    assert ws.model_settings("large")["model"] == "secret-large"
    shot(page, "models-tried")
    page.keyboard.press("Escape")
    page.wait_for_selector(f"{GENERATE} .wb-model:has-text('Also connected: large')", timeout=SOON)
    sent = len(other.requests)
    page.click(f"{GENERATE} [data-recipe=rank_n]")
    page.fill(f"{GENERATE} [data-param=models]", "main, large")
    page.fill(f"{GENERATE} [data-param=variants]", "4")
    page.wait_for_selector(f"{GENERATE} :text('asks main: secret-small')", timeout=SOON)
    shot(page, "models-form")
    ids = ws.ids("language:en origin:imported turns>=3")[:1]
    run = ws.generate("rank_n", ids, {"variants": 4, "models": "main, large"}).wait(60)
    assert len(other.requests) == sent + 2
    page.click(f"{GENERATE} .wb-back")
    choose_run(page, run.id)
    page.wait_for_selector(f"{GENERATE} [data-action=compare]", timeout=SOON)
    assert "secret" not in page.locator(f"{GENERATE} .wb-queue").inner_text()
    press(page, "c")
    page.wait_for_selector(f"{GENERATE} .wb-compare-column", timeout=SOON)
    view = page.locator(f"{GENERATE} .wb-compare")
    assert "secret" not in view.inner_text()
    assert "large" not in view.inner_text()
    page.keyboard.press("v")
    page.wait_for_selector(f"{GENERATE} .wb-compare-maker:has-text('secret-large')", timeout=SOON)
    makers = page.locator(f"{GENERATE} .wb-compare-maker").all_inner_texts()
    assert sorted("secret-large" in maker for maker in makers) == [False, False, True, True]
    assert sorted("secret-small" in maker for maker in makers) == [False, False, True, True]
    shot(page, "models-revealed")
    page.keyboard.press("Escape")
    press(page, "y")
    page.wait_for_selector(".wb-yield-models li", timeout=SOON)
    told = page.locator(".wb-yield-models li").all_inner_texts()
    assert [line.split()[0] for line in told] == ["main", "large"]
    assert all("texts: 2 · accepted: 0 · rejected: 0 · calls: 2 · cost: unknown" in line for line in told)
    assert violations(page) == []
    shot(page, "models-yield")
    page.keyboard.press("Escape")


def test_a_removed_model_can_be_connected_again_and_a_name_that_is_gone_is_said(opened, lab, page, shot):
    ws, _, other = opened
    ws.set_model({"base_url": other.url, "model": "secret-large"}, "large")
    with theme(lab, "dark"):
        page.reload()
        page.wait_for_selector(READY, timeout=START_MS)
    show(page)
    page.click(f"{GENERATE} [data-action=model-settings]")
    which(page, "large")
    page.click(f"{DIALOG} [data-action=model-remove]")
    page.wait_for_selector(f"{DIALOG} [role=status]:has-text('large is removed')", timeout=SOON)
    assert list(ws.models()) == ["main"]
    assert page.input_value(f"{DIALOG} [data-field=name]") == "large"
    shot(page, "models-removed-dark")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.click(f"{GENERATE} [data-recipe=rank_n]")
    page.fill(f"{GENERATE} [data-param=models]", "large")
    page.wait_for_selector(f"{GENERATE} :text(\"no model 'large'\")", timeout=SOON)
    shot(page, "models-gone")
    page.click(f"{GENERATE} .wb-back")
