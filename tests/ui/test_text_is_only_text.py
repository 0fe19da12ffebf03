"""Sample text is only ever text: payloads through every sink of the screen fire nothing, and a control does."""

from __future__ import annotations

import json

import pytest

import workbench as wb

FIRE = "window.__fired=(window.__fired||0)+1"
PAYLOADS = [
    f"<img src=x onerror={FIRE}>",
    f"<script>{FIRE}</script>",
    f"<svg onload={FIRE}>",
    f"<iframe srcdoc='<script>parent.{FIRE}</script>'></iframe>",
    f"<details open ontoggle={FIRE}>",
    f"<a href='javascript:{FIRE}'>press</a>",
    f"\"><img src=x onerror='{FIRE}'>",
    f"</textarea><img src=x onerror={FIRE}>",
    f"<math><mtext></form><form><mglyph><style></math><img src=x onerror={FIRE}>",
    f"<button data-commandlinker-command='notebook:run-all-cells' onfocus={FIRE} autofocus>go</button>",
    f"![x](x) [y](javascript:{FIRE}) `${{{FIRE}}}`",
    f"{{{{constructor.constructor('{FIRE}')()}}}}",
    f"<style>@import 'http://example.com/x.css'; * {{ display: none }}</style>{FIRE}",
    f"<form id=workbench><input name=attributes onfocus={FIRE} autofocus></form>",
    f"\u202e<img src=x onerror={FIRE}>\u2066\u0000",
]


@pytest.fixture(scope="module")
def hostile(lab, tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "hostile.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for text in PAYLOADS:
            messages = [{"role": "user", "name": text, "content": text}, {"role": "assistant", "content": f"ok {text}"}]
            lines.write(json.dumps({"id": text, "title": text, "messages": messages, text: text}) + "\n")
    with wb.open(lab.workspace, author="tester") as ws:
        source = wb.Source(PAYLOADS[0], license=PAYLOADS[6], locator=PAYLOADS[1])
        report = ws.collect(path, source=source, format="openai-chat")
        assert report.imported == len(PAYLOADS)
        sample = ws.ids(f"import:{report.import_id}")[0]
        ws.note(sample, PAYLOADS[0])
        ws.tag([sample], "naturalness", 1, note=PAYLOADS[0])
        ws.slice("hostile", f"import:{report.import_id}", title=PAYLOADS[0])
        ws.freeze("hostile")
    return report.import_id


def _fired(page) -> int:
    return page.evaluate("window.__fired || 0")


def test_no_payload_fires_in_any_tab(lab, new_page, hostile, shot):
    page = new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(lab.address())
    page.wait_for_selector("[data-workbench=app][data-ready=true]", timeout=90_000)
    page.locator("[data-sample-id]").first.click()
    page.keyboard.press("/")
    page.keyboard.type(f"import:{hostile}")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1500)
    page.keyboard.press("Escape")
    for _ in PAYLOADS:
        page.keyboard.press("j")
        page.wait_for_timeout(150)
    page.keyboard.press("e")
    page.wait_for_timeout(500)
    page.keyboard.press("Escape")
    shown = page.locator("[data-turn-id]").first.inner_text()
    for tab in ("collect", "generate", "quality", "release", "browse"):
        page.click(f"[data-tab={tab}]")
        page.wait_for_timeout(2500 if tab == "quality" else 1000)
        shot(page, f"hostile-{tab}")
    assert "__fired" in shown
    assert (_fired(page), dialogs, page.mistakes) == (0, [], [])


def test_the_control_does_fire(app):
    app.evaluate("html => { const box = document.createElement('div'); box.innerHTML = html; }", PAYLOADS[0])
    app.wait_for_function("window.__fired >= 1", timeout=5000)
    assert _fired(app) == 1
    app.evaluate("delete window.__fired")
