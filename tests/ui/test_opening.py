"""Opening: the application is simply there, its code is hidden, and nobody else's code is run."""

from __future__ import annotations

import json
import time
import urllib.request
from typing import Any

import pytest

import workbench as wb
from widgets.bench import desk

READY = "[data-workbench=app][data-ready=true]"
CODE = ".jp-CodeCell .jp-Cell-inputWrapper:visible"
WAIT = 90_000

FOREIGN = {
    "cells": [
        {
            "cell_type": "code",
            "id": "one",
            "metadata": {"workbench": {"autorun": True}},
            "source": "open('ran.txt', 'w').write('somebody ran me')",
            "execution_count": None,
            "outputs": [],
        }
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def kernels(lab: Any) -> list[dict[str, Any]]:
    return ask(lab, "api/kernels")


def ask(lab: Any, path: str, method: str = "GET") -> Any:
    request = urllib.request.Request(f"{lab.base}/{path}", method=method)
    request.add_header("Authorization", f"token {lab.token}")
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)


def put_notebook(lab: Any, name: str, content: dict[str, Any]) -> None:
    (lab.workspace / "notebooks" / name).write_text(json.dumps(content), "utf-8")


def wait_for_idle_kernel(page: Any) -> None:
    page.locator(CODE).first.wait_for(timeout=WAIT)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=WAIT, state="attached")


def test_the_application_appears_by_itself(app, shot):
    assert app.locator(READY).count() == 1
    shot(app, "opening")


def test_the_page_takes_the_kernel_that_was_begun_for_it(page, tmp_path):
    with desk.running(tmp_path / "new.workspace") as lab:
        begun: list[str] = []
        end = time.monotonic() + WAIT / 1000
        while not begun and time.monotonic() < end:
            begun = [session["kernel"]["id"] for session in ask(lab, "api/sessions")]
        assert len(begun) == 1
        page.goto(lab.address())
        page.wait_for_selector(READY, timeout=WAIT)
        assert [kernel["id"] for kernel in kernels(lab)] == begun
        assert page.mistakes == []


def test_the_code_is_hidden(app):
    assert app.locator(CODE).count() == 0


def test_no_dialog_is_in_the_way(app):
    assert app.locator(".jp-Dialog, .Toastify__toast").count() == 0


def test_opening_throws_no_error(lab, page):
    page.goto(lab.address())
    page.wait_for_selector(READY, timeout=90_000)
    assert page.mistakes == []


def test_the_application_fits_the_window(app):
    room = app.evaluate(
        "(e => [e.scrollHeight <= e.clientHeight, e.scrollWidth <= e.clientWidth])"
        "(document.querySelector('.jp-WindowedPanel-outer'))"
    )
    assert room == [True, True]


def test_the_code_can_be_shown_and_hidden_again(app):
    app.get_by_role("button", name="Show code").click()
    assert "Workbench(wb.open())" in app.locator(CODE).inner_text()
    app.get_by_role("button", name="Hide code").click()
    assert app.locator(CODE).count() == 0


def test_leaving_asks_nothing_because_nothing_is_unsaved(app):
    app.wait_for_timeout(300)
    assert app.title().startswith("workbench.ipynb")
    assert app.locator(".jp-mod-dirty").count() == 0


@pytest.mark.parametrize("path", ["", "lab", "tree", "lab/tree/notebooks/workbench.ipynb"])
def test_any_address_leads_to_the_application(lab, page, path):
    page.goto(lab.address(path))
    page.wait_for_selector(READY, timeout=WAIT)
    page.wait_for_function("document.title.startsWith('workbench.ipynb')", timeout=WAIT)
    assert page.locator(READY).count() == 1
    assert page.locator(".jp-NotebookPanel").count() == 1
    assert page.locator(f"{CODE}, .jp-Dialog, .Toastify__toast").count() == 0
    assert page.mistakes == []


@pytest.mark.parametrize(
    ("notebook", "kind"), [("10_collect", "collect"), ("40_evaluate", "quality"), ("50_release", "release")]
)
def test_a_page_of_ours_starts_as_well(lab, page, notebook, kind):
    page.goto(lab.address(f"doc/tree/notebooks/{notebook}.ipynb"))
    page.wait_for_selector(f"[data-workbench={kind}][data-ready=true]", timeout=WAIT)
    assert page.locator(".jp-NotebookPanel").count() == 1


def test_a_foreign_notebook_is_not_run(lab, page):
    put_notebook(lab, "foreign.ipynb", FOREIGN)
    page.goto(lab.address("doc/tree/notebooks/foreign.ipynb"))
    wait_for_idle_kernel(page)
    page.wait_for_timeout(2000)
    assert not (lab.workspace / "notebooks" / "ran.txt").exists()
    assert page.locator(CODE).count() == 1


def test_a_reload_brings_the_application_back(app):
    app.reload()
    app.wait_for_selector(READY, timeout=WAIT)
    assert app.locator(".jp-Dialog").count() == 0


def test_our_page_with_other_code_is_not_run(lab, page):
    path = lab.workspace / "notebooks" / "20_generate.ipynb"
    kept = path.read_text("utf-8")
    put_notebook(lab, "20_generate.ipynb", FOREIGN)
    try:
        page.goto(lab.address("doc/tree/notebooks/20_generate.ipynb"))
        wait_for_idle_kernel(page)
        page.wait_for_timeout(2000)
        assert not (lab.workspace / "notebooks" / "ran.txt").exists()
    finally:
        path.write_text(kept, "utf-8")


def test_a_file_in_the_workspace_does_not_take_the_place_of_a_module(lab, page):
    trap = lab.workspace / "notebooks" / "widgets.py"
    trap.write_text("raise SystemExit('the wrong module')", "utf-8")
    try:
        with wb.open(lab.workspace, author="tester") as ws:
            ws.slice("beside-a-trap", "language:fr", title="Beside a trap")
            page.goto(lab.address("doc/tree/notebooks/50_release.ipynb"))
            page.wait_for_selector("[data-workbench=release][data-ready=true]", timeout=WAIT)
            page.click(".wb-slice[data-slice=beside-a-trap]")
            page.locator(".wb-slice-page[data-slice=beside-a-trap]").get_by_text("language:fr").wait_for(timeout=WAIT)
            ws.remove_slice("beside-a-trap")
        assert page.mistakes == []
    finally:
        trap.unlink()


def test_after_a_kernel_restart_a_reload_brings_it_back(lab, page):
    page.goto(lab.address())
    page.wait_for_selector(READY, timeout=WAIT)
    running = kernels(lab)
    assert running
    for kernel in running:
        ask(lab, f"api/kernels/{kernel['id']}/restart", "POST")
    page.reload()
    page.wait_for_selector(READY, timeout=WAIT)
