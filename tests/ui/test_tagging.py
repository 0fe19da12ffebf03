"""Tagging by keyboard alone, and what is left of it when the kernel dies the moment after an answer."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

import workbench as wb

READY = "[data-workbench=app][data-ready=true]"
CURRENT = ".wb-item-current"
SAVED = ".wb-saved[data-pending='0']"
WAIT = 90_000
MANY = 40

COUNT_MOUSE = """() => {
    window.__mouse = 0;
    for (const name of ["mousedown", "mouseup", "click", "pointerdown", "wheel"])
        window.addEventListener(name, event => { if (event.detail || event.isTrusted) window.__mouse += 1; }, true);
}"""


@pytest.fixture
def desk(lab, page):
    """The application with the list in focus, and the same workspace from Python under the same name."""
    page.goto(lab.address())
    page.wait_for_selector(READY, timeout=WAIT)
    page.wait_for_selector(f"{CURRENT}[data-sample-id]")
    with wb.open(lab.workspace, author="tester") as ws:
        yield page, ws


def _current(page: Any) -> str:
    return str(page.locator(CURRENT).get_attribute("data-sample-id"))


def _answer(page: Any, naturalness: str, domain: str) -> str:
    """Answer two questions for the open conversation and move on; returns its id."""
    sample = _current(page)
    page.keyboard.press(naturalness)
    page.keyboard.press("d")
    page.wait_for_selector("[role=dialog] input")
    page.keyboard.type(domain)
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=dialog]", state="detached")
    page.keyboard.press("j")
    page.wait_for_function(
        "id => document.querySelector('.wb-item-current')?.dataset.sampleId !== id", arg=sample, timeout=10_000
    )
    return sample


def _mine(ws: Any, ids: list[str]) -> set[tuple[str, str, Any]]:
    return {(tag.sample, tag.scheme, tag.value) for tag in ws.tags(ids) if tag.author == "tester"}


def _kernel_processes(workspace: Path) -> list[int]:
    """Kernels that work in this folder (Linux)."""
    listed = subprocess.run(["pgrep", "-f", "ipykernel_launcher"], capture_output=True, text=True, check=False).stdout
    numbers = [int(line) for line in listed.split()]
    return [number for number in numbers if Path(f"/proc/{number}/cwd").resolve().is_relative_to(workspace)]


def test_forty_conversations_are_tagged_by_keyboard_alone(desk, lab):
    page, ws = desk
    notebook = lab.workspace / "notebooks" / "workbench.ipynb"
    before = notebook.read_bytes()
    page.evaluate(COUNT_MOUSE)
    page.keyboard.press("g")
    tagged = [_answer(page, str(at % 5 + 1), "restaurants") for at in range(MANY)]
    page.wait_for_selector(SAVED)
    expected = {(id, "naturalness", at % 5 + 1) for at, id in enumerate(tagged)}
    assert len(set(tagged)) == MANY
    assert _mine(ws, tagged) == expected | {(id, "domain", "retail/restaurants") for id in tagged}
    assert page.evaluate("window.__mouse") == 0
    assert page.locator(".jp-Cell").count() == 1
    assert notebook.read_bytes() == before
    assert page.mistakes == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the kernel's process under /proc")
def test_an_answer_given_right_before_the_kernel_is_killed_is_there_after_reload(desk, lab):
    page, ws = desk
    page.keyboard.press("Shift+G")
    page.wait_for_selector(f"{CURRENT}[aria-posinset='{ws.count()}']")
    sample = _current(page)
    page.keyboard.press("2")
    page.wait_for_selector(SAVED)
    killed = _kernel_processes(lab.workspace)
    for number in killed:
        os.kill(number, signal.SIGKILL)
    assert killed
    page.reload()
    page.wait_for_selector(READY, timeout=WAIT)
    assert (sample, "naturalness", 2) in _mine(ws, [sample])
    page.keyboard.press("Shift+G")
    page.wait_for_selector(f"{CURRENT}[data-sample-id='{sample}'] .wb-mini-mine")
