"""A message of a million characters in six scripts: how long a person waits until it stands there."""

from __future__ import annotations

import json
import random
import statistics
import tempfile
from pathlib import Path
from typing import Any

from widgets.bench import desk
from widgets.bench.chromium import WINDOW
from widgets.bench.rows import at_most
from workbench.bench.measure import Row
from workbench.workspace import open_workspace

SCRIPTS = ("مرحبا بالعالم ", "你好，世界。", "Hello, world. ", "שלום עולם ", "Bonjour à tous, ", "नमस्ते दुनिया ")
CHARACTERS = 1_000_000
REPEATS = 7
LIMIT_MS = 200
BLOCK = ".wb-block"

# What is read afterwards is painted by then: the second frame begins after the first one was put on the screen.
_PAINTED = """async ([selector, act]) => {
    const twice = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    await twice();
    const began = performance.now();
    if (act === "j") document.querySelector(".wb-list").dispatchEvent(
        new KeyboardEvent("keydown", { key: "j", bubbles: true, cancelable: true }));
    else document.querySelector(act).click();
    while (!document.querySelector(selector)) {
        if (performance.now() - began > 5000) return 5000;
        await new Promise(done => requestAnimationFrame(done));
    }
    await twice();
    return performance.now() - began;
}"""


def reading(browser: Any) -> list[Row]:
    """From the key to the beginning of the text, and from "Show the other characters" to all of it (medians)."""
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder, desk.running(_long(Path(folder))) as lab:
        page = browser.new_page(viewport=WINDOW)
        try:
            desk.open_app(page, lab)
            times = [_once(page) for _ in range(REPEATS)]
        finally:
            page.close()
    opened, whole = (statistics.median(some) for some in zip(*times, strict=True))
    return [
        at_most("a million characters in six scripts: key to paint", opened, LIMIT_MS, "ms", "fixed limit"),
        at_most("the same, all of it shown", whole, LIMIT_MS, "ms", "fixed limit"),
    ]


def _once(page: Any) -> tuple[float, float]:
    page.wait_for_timeout(1000)  # the next conversation is loaded ahead, as while a person reads
    opened = page.evaluate(_PAINTED, [BLOCK, "j"])
    whole = page.evaluate(_PAINTED, [f"{BLOCK}:nth-child(200)", ".wb-text > .wb-button"])
    page.locator(".wb-list").first.press("k")
    page.wait_for_selector(BLOCK, state="detached")
    return float(opened), float(whole)


def _long(folder: Path) -> Path:
    """A workspace of a short conversation and, after it in the list, a long one."""
    chance = random.Random(3)
    text = "".join(chance.choice(SCRIPTS) for _ in range(CHARACTERS // 9))[:CHARACTERS]
    chats = [[("user", "A long one."), ("assistant", text)], [("user", "A short one.")]]
    rows = [{"messages": [{"role": role, "content": said} for role, said in chat]} for chat in chats]
    data, workspace = folder / "long.jsonl", folder / "long.workspace"
    data.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    with open_workspace(workspace, author=desk.AUTHOR) as ws:
        ws.collect(data)
    return workspace
