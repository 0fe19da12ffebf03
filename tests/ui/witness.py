"""A witness of what hostile texts make a page do: they fire, become an element, open a dialog, or ask a network."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.ui.hostile import HOST

# JupyterLab itself makes links of addresses in the plain output of cells (never javascript: ones); our screen has none.
FOUND = """() => [~~window.__fired, document.querySelectorAll(".hostile").length,
    [...document.querySelectorAll("a[href^='javascript:' i], [data-commandlinker-command], [data-workbench] a[href]")]
        .map(element => element.outerHTML.slice(0, 200))]"""
MORE = "[aria-expanded=false]:not([role=combobox]), summary"


@dataclass
class Witness:
    """A page, and everything hostile texts might make it do."""

    page: Any
    dialogs: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)
    """Where it was looked, and nothing seen."""

    def __post_init__(self) -> None:
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.requests.append(request.url))

    @property
    def leaks(self) -> list[str]:
        return [address for address in self.requests if HOST in address]

    @property
    def fired(self) -> int:
        """How often hostile text counted itself on this page since it was loaded."""
        return int(self.page.evaluate("~~window.__fired"))

    def saw_nothing(self, where: str) -> None:
        """Fail where anything fired, became an element, asked, or left."""
        found = (*self.page.evaluate(FOUND), self.dialogs, self.leaks)
        assert found == (0, 0, [], [], []), f"{where}: {found}"
        self.looks.append(where)

    def fires_when_taken_for_markup(self, text: str) -> int:
        """Control, at the end: put the text into this very page as markup; how often it counted itself then."""
        self.page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", text)
        self.page.wait_for_function("window.__fired > 0")
        return self.fired


def unfold(page: Any) -> None:
    """Open whatever is folded in what is seen, as a curious person would."""
    page.evaluate(
        "more => document.querySelectorAll(`[data-workbench] :is(${more})`).forEach(e => e.offsetParent && e.click())",
        MORE,
    )
    page.wait_for_timeout(250)
