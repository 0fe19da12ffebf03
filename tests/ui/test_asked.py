"""In the real browser: what a model was asked, how a conversation was made, and a proof that an edit takes away."""

from __future__ import annotations

from itertools import count

import pytest

import workbench as wb
from tests.ui.generating import GENERATE, SOON, open_run, press, reject_left
from tests.ui.scenes import theme
from tests.ui.test_access import violations
from widgets.bench.desk import CURRENT
from workbench.llm import ScriptedModel

SAID = ("You can leave that for tomorrow, nothing is lost by waiting.", "Write to ana.lopez@example.org for the form.")
ASKED = "[role=dialog] .wb-asked"
BOLD = "It does not follow, and 2+2=5."


@pytest.fixture
def ws(lab):
    with wb.open(lab.workspace, author="tester") as opened:
        yield opened


@pytest.fixture
def answers(ws):
    """Two runs over one conversation, asked in other words; the second draft of the first names an address."""
    numbers = count()
    model = ScriptedModel(lambda request: SAID[next(numbers) % 2])
    ids = ws.ids("language:en origin:imported")[:1]
    runs = [
        ws.generate("answer", ids, {"variants": 2, "instructions": how}, model=model).wait(60).id
        for how in ("Be kind and exact.", "Be brief and exact.")
    ]
    yield runs
    for run in runs:
        reject_left(ws, run)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_what_the_model_was_asked_is_one_key_from_a_draft(answers, lab, page, shot, name):
    with theme(lab, name):
        open_run(page, lab, answers[0])
        page.wait_for_selector(f"{GENERATE} [data-action=asked]", timeout=SOON)
        press(page, "w")
        page.wait_for_selector(f"{ASKED} [data-block=task]", timeout=SOON)
        assert page.locator(f"{ASKED} .wb-asked-put", has_text="Be kind and exact.").is_visible()
        shot(page, f"asked-{name}")
        assert violations(page) == []
        page.select_option("[data-field=asked-other]", index=2)
        page.wait_for_selector(f"{ASKED} ins", timeout=SOON)
        assert page.locator(f"{ASKED} ins").all_inner_texts() == ["kind"]
        assert page.locator(f"{ASKED} del").all_inner_texts() == ["brief"]
        shot(page, f"asked-diff-{name}")
        assert violations(page) == []
        page.keyboard.press("Escape")
        page.wait_for_selector(ASKED, state="detached")
        page.keyboard.press("j")  # the keys of the drafts count again
        assert page.mistakes == []


@pytest.mark.parametrize("name", ["light", "dark"])
def test_browse_tells_what_the_checks_found_and_what_was_asked(ws, answers, lab, page, shot, name):
    draft = next(draft for draft in ws.drafts(answers[0]) if draft.gates)
    (sample,) = ws.accept([draft.id])
    with theme(lab, name):
        page.goto(f"{lab.address()}#browse?q=id:{sample.id}")
        page.wait_for_selector("[data-workbench=app][data-ready=true]", timeout=90_000)
        page.keyboard.press("/")
        page.keyboard.type(f"id:{sample.id}")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"{CURRENT}[data-sample-id='{sample.id}']", timeout=SOON)
        page.wait_for_selector(".wb-conversation:not(.wb-waiting)", timeout=SOON)  # before, it is the one of before
        page.locator(".wb-made summary").click(timeout=SOON)
        page.locator(".wb-made .wb-gate", has_text="Personal data").first.wait_for(timeout=SOON)
        shot(page, f"made-{name}")
        assert violations(page) == []
        page.click(".wb-made [data-action=asked]")
        page.wait_for_selector(f"{ASKED} [data-block=task]", timeout=SOON)
        assert page.mistakes == []


@pytest.mark.parametrize("name", ["light", "dark"])
def test_an_edit_that_takes_a_proof_away_is_asked_about(ws, lab, page, shot, name):
    run = ws.generate("derive_then_say", params={"variants": 1}, seed=2).wait(60).id
    with theme(lab, name):
        open_run(page, lab, run)
        press(page, "e")
        page.locator(f"{GENERATE} .wb-draft textarea").last.fill(BOLD, timeout=SOON)
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("[role=dialog] [data-action=mend]", timeout=SOON)
        shot(page, f"proof-lost-{name}")
        assert violations(page) == []
        page.click("[role=dialog] [data-action=mend]")
        assert page.locator(f"{GENERATE} .wb-draft textarea").last.input_value() == BOLD
        page.keyboard.press("Control+Enter")
        page.click("[role=dialog] [data-action=accept-plain]")
        page.wait_for_selector(f"{GENERATE} .wb-queue-row", state="detached", timeout=SOON)
        assert page.mistakes == []
    (draft,) = ws.drafts(run)
    assert draft.state == "accepted"
    assert ws.get(draft.sample).origin.gates
