"""Release and the code drawer in a real browser: by key, with what is written compared to what was shown."""

from __future__ import annotations

import ast
from pathlib import Path

import workbench as wb

SOON = 30_000


def test_release_by_keyboard_and_as_code(lab, app, tmp_path):
    with wb.open(lab.workspace, author="tester") as ws:
        chosen = ws.ids()[:8]
        ws.tag(chosen[:6], "compliance", "unsafe")
        ws.slice("release-test", f"compliance:unsafe id:({' OR '.join(chosen)})", title="Release test")
        ws.freeze("release-test")
        ws.tag(chosen[6:], "compliance", "unsafe")
        ws.untag(chosen[:1], "compliance")

    app.click("[data-tab=release]")
    app.click(".wb-slice[data-slice=release-test]")
    sentence = app.locator(".wb-now-sentence", has_text="2 entered, 1 left")
    sentence.wait_for(timeout=SOON)
    assert "tag compliance changed" in app.locator("[data-difference=entered]").inner_text()

    app.keyboard.press("f")
    app.locator(".wb-now-sentence", has_text="Nothing differs").wait_for(timeout=SOON)
    app.keyboard.press("x")
    app.locator("[data-format=openai-chat]").check()
    shown = app.locator("pre[data-file='openai-chat.jsonl']")
    shown.wait_for(timeout=SOON)
    start = shown.inner_text()

    out = tmp_path / "out"
    app.get_by_label("Target folder").fill(str(out))
    app.click("[data-action=export]")
    app.wait_for_selector("[data-part=written]", timeout=SOON)
    written = Path(out / "openai-chat.jsonl").read_text(encoding="utf-8")
    assert len(start) > 100
    assert written.startswith(start.rstrip("\n"))

    app.keyboard.press("Alt+c")
    app.wait_for_selector(".wb-code-row", timeout=SOON)
    codes = app.locator(".wb-code-row pre").all_inner_texts()
    for code in codes:
        ast.parse(code)
    assert "build = ws.freeze('release-test')" in codes
    assert any(code.startswith("ws.export(") and str(out) in code for code in codes)
    app.keyboard.press("Escape")
    assert app.locator(".wb-code-row").count() == 0
    assert app.mistakes == []
