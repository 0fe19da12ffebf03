"""Text is only ever text: hundreds of hostile ones in every place the screen has, fresh, reopened, saved and exported.

Nothing fires, nothing becomes an element, no dialog opens, no request leaves. That the payloads are alive, and that
this would be noticed, is shown by the controls.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import workbench as wb
from tests.ui.hostile import FIRE, HOST, MARK, payloads, vectors
from tests.ui.hostile_notebook import FIRES, NOTEBOOK, open_exported, open_notebook, saved_book
from tests.ui.hostile_workspace import FOLDER, PAYLOADS, fill
from tests.ui.scenes import LIST, SCENES, Scene, asks, press, theme, visit
from tests.ui.witness import FOUND, Witness, unfold
from widgets.bench import chromium, desk

IN_FRAMES = """async ([texts, host]) => {
    window.__hits = texts.map(() => 0);
    for (let first = 0; first < texts.length; first += 8) {
        const frames = texts.slice(first, first + 8).map((text, more) => {
            const frame = document.createElement("iframe");
            const at = first + more;
            frame.srcdoc = text.replaceAll("top.__fired", `top.__hits[${at}]`).replaceAll(host, `${host}/${at}`);
            const loaded = new Promise(go => frame.addEventListener("load", go, {once: true}));
            document.body.append(frame);
            return {frame, loaded};
        });
        const late = new Promise(go => setTimeout(go, 5000));
        await Promise.race([late, Promise.all(frames.map(one => one.loaded))]);
        await new Promise(go => setTimeout(go, 200));
        frames.forEach(one => one.frame.remove());
    }
}"""


@pytest.fixture
def witness(browser: Any) -> Iterator[Callable[[], Witness]]:
    """Open pages whose requests may be hostile: they are watched here and reach nothing."""
    context = browser.new_context(viewport=chromium.WINDOW)
    yield lambda: Witness(context.new_page())
    context.close()


@pytest.fixture(scope="module")
def hostile(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[desk.Lab]:
    """A server of its own on a workspace where every text is hostile, its name included."""
    top = tmp_path_factory.mktemp("hostile")
    (top / "files").mkdir()
    fill(top / FOLDER, top / "files")
    with desk.running(top / FOLDER) as lab:
        yield lab


def _walk(witness: Witness, scenes: tuple[Scene, ...]) -> None:
    for scene in visit(witness.page, scenes):
        unfold(witness.page)
        witness.saw_nothing(scene.name)


def _go_through_what_models_wrote(seen: Witness) -> None:
    """Rows that came to nothing with the raw reply, and conversations that are run turn by turn."""
    seen.page.click("[data-tab=generate]")
    seen.page.locator("[data-action=lost]").first.click()
    seen.page.wait_for_selector(".wb-nothing-row")
    unfold(seen.page)
    seen.saw_nothing("what came to nothing")
    drafts = seen.page.locator(".wb-decide [role=option]", has_text="duet")
    assert drafts.count() > 0
    for at in range(drafts.count()):
        drafts.nth(at).click()
        seen.page.wait_for_selector(".wb-live .wb-live-turn")
        seen.page.keyboard.press("e")
        seen.saw_nothing("a conversation run turn by turn")
        seen.page.keyboard.press("Escape")


def _scroll_through_the_list(page: Any) -> None:
    page.evaluate(
        """async list => { const e = document.querySelector(list);
            for (let y = 0; y < e.scrollHeight; y += e.clientHeight) {
                e.scrollTop = y; await new Promise(go => setTimeout(go, 80)); } }""",
        LIST,
    )


def test_there_are_hundreds_of_different_ones():
    assert len(set(payloads())) >= 200
    assert sum(MARK in text or FIRE in text for text in payloads()) > 200


def test_control_most_of_them_fire_where_text_is_taken_for_markup(witness):
    seen = witness()
    seen.page.goto("about:blank")
    seen.page.evaluate(IN_FRAMES, [vectors(), HOST])
    hits = {at for at, count in enumerate(seen.page.evaluate("window.__hits")) if count}
    left = {int(address.split(f"{HOST}/")[1].split("/")[0]) for address in seen.leaks}
    assert len(hits) > 30
    assert len(hits | left) > 45


def test_no_screen_takes_text_for_markup(hostile, witness, shot):
    seen = witness()
    desk.open_app(seen.page, hostile)
    _scroll_through_the_list(seen.page)
    seen.saw_nothing("the whole list")
    for _ in range(20):
        seen.page.keyboard.press("j")
        seen.page.wait_for_timeout(50)
    seen.saw_nothing("short conversations")
    with wb.open(hostile.workspace, author="tester") as ws:
        long = [sample.id for sample in ws.find("turns>=20").samples]
    for sample in long:
        asks(f"id:{sample}", f"[data-sample-id='{sample}'].wb-item-current")(seen.page)
        unfold(seen.page)
        seen.saw_nothing(f"long conversation {sample}")
    press("h", waiting="[role=dialog]")(seen.page)
    shot(seen.page, "hostile-history")
    seen.saw_nothing("history with differences")
    seen.page.keyboard.press("Escape")
    for text in ('"' + " ".join(PAYLOADS[:60]), f"nofield:{PAYLOADS[3]!r}", f"domain:{PAYLOADS[0]}"):
        asks(text, "[data-page=browse] [role=alert]")(seen.page)
        seen.saw_nothing("a query that cannot be read")
    asks("", ".wb-item-current")(seen.page)
    _walk(seen, tuple(scene for scene in SCENES if not scene.alone))
    _go_through_what_models_wrote(seen)
    shot(seen.page, "hostile-end")
    names = [scene.name for scene in SCENES if not scene.alone]
    assert [where for where in seen.looks if where in names] == names
    assert len(long) > 0
    assert len(seen.looks) >= len(names) + len(long) + 8, "and the lists, the history, the alerts, what models wrote"
    assert (seen.fired, seen.dialogs, seen.leaks) == (0, [], [])
    assert seen.fires_when_taken_for_markup(vectors()[0]) == 1, "nothing fired, and here it would have"


def test_no_screen_does_when_it_is_opened_again(hostile, witness):
    seen = witness()
    with theme(hostile, "dark"):
        desk.open_app(seen.page, hostile)
        seen.page.reload()
        seen.page.wait_for_selector(desk.READY, timeout=desk.START_MS)
        tabs = seen.page.eval_on_selector_all(".wb-tabs [data-tab]", "all => all.map(e => e.dataset.tab)")
        for tab in tabs:
            seen.page.click(f"[data-tab={tab}]")
            seen.page.wait_for_timeout(1200)
            seen.saw_nothing(f"{tab}, opened again")
    assert set(tabs) == {scene.tab for scene in SCENES}
    assert seen.looks == [f"{tab}, opened again" for tab in tabs]
    assert (seen.fired, seen.dialogs, seen.leaks) == (0, [], [])
    assert seen.fires_when_taken_for_markup(vectors()[0]) == 1, "nothing fired, and here it would have"


def test_a_saved_notebook_and_its_exported_page_hold_only_text(hostile, witness):
    path = saved_book(hostile, "hostile", NOTEBOOK)
    outputs = [output for cell in json.loads(path.read_text("utf-8"))["cells"] for output in cell["outputs"]]
    assert len(outputs) >= len(NOTEBOOK) - 1
    seen = witness()
    open_notebook(seen, hostile, "hostile")
    seen.saw_nothing("the saved notebook, opened again")
    exported = witness()
    open_exported(exported, path)
    exported.saw_nothing("the notebook as a web page")
    assert (len(seen.looks), len(exported.looks)) == (1, 1)


def test_control_markup_in_a_saved_notebook_does_fire(hostile, witness):
    path = saved_book(hostile, "fires", FIRES)
    seen = witness()
    open_notebook(seen, hostile, "fires")
    seen.page.wait_for_function("window.__fired > 0", timeout=desk.START_MS)
    assert seen.page.evaluate(FOUND)[:2] == [1, 1]
    exported = witness()
    open_exported(exported, path)
    exported.page.wait_for_function("window.__fired > 0", timeout=desk.START_MS)
    assert exported.page.evaluate(FOUND)[:2] == [1, 1]


def test_pages_and_card_of_a_release_hold_only_text(hostile, witness, tmp_path):
    """Read by a Markdown reader that lets every markup through."""
    from markdown_it import MarkdownIt

    with wb.open(hostile.workspace, author="tester") as ws:
        formats = [exporter.name for exporter in ws.exporters()]
        ws.export(ws.builds("all")[-1], tmp_path / "out", to=formats)
    pages = sorted((tmp_path / "out").rglob("*.md"))
    assert len(pages) >= 3
    seen = witness()
    for page in pages:
        text = MarkdownIt("commonmark", {"html": True}).enable("table").render(page.read_text("utf-8"))
        seen.page.goto("about:blank")
        seen.page.set_content(f"<!doctype html><title>page</title>{text}", wait_until="load")
        seen.page.wait_for_timeout(300)
        seen.saw_nothing(page.name)
    assert seen.looks == [page.name for page in pages]
