"""The base of every widget here: loads its bundle, answers the page's commands, refuses unknown arguments."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import anywidget
import ipywidgets
import traitlets

from widgets import _code_log, _me
from widgets._bridge import Commands, gather, reply
from widgets._log import error_log
from widgets._once import Once
from widgets._pulse import Status, pulse_of

STATIC = Path(__file__).parent / "static"


class Panel(anywidget.AnyWidget):
    """A widget over a workspace. Its command channel is written to by nobody but its own answers.

    Args:
        ws: The `workbench.Workspace` it shows.
        **traits: Values for its traits; an unknown name raises `TypeError`.
    """

    answers: ClassVar[tuple[Commands, ...]] = ()
    """The `commands` functions of the modules this widget's page talks to."""

    _css = STATIC / "workbench.css"

    author = traitlets.Unicode().tag(sync=True)
    place = traitlets.Unicode().tag(sync=True)
    """Which workspace this is: names the browser's own safety copy of answers that are not confirmed yet."""

    language = traitlets.Unicode().tag(sync=True)
    """The language the person chose for the screen; empty: the browser's."""

    words = traitlets.Dict().tag(sync=True)
    """The catalogue of that language."""

    keymap = traitlets.Dict().tag(sync=True)
    """Shortcuts the person gave other keys: "browse/edit" -> ["w"]."""

    status = traitlets.Instance(Status).tag(sync=True, **ipywidgets.widget_serialization)

    @traitlets.default("layout")
    def _room(self) -> ipywidgets.Layout:
        return ipywidgets.Layout(flex="1 1 auto", min_width="0")

    def __init__(self, ws: Any, **traits: Any) -> None:
        unknown = sorted(set(traits) - set(self.trait_names()))
        if unknown:
            raise TypeError(f"{type(self).__name__} has no {', '.join(map(repr, unknown))}")
        self.workspace = ws
        self.handlers = _code_log.recorded(ws, gather(ws, _me.commands, _code_log.commands, *self.answers))
        spoken = {"language": (language := _me.language_of(ws)), "words": _me.catalogue(language or "en")}
        known = {"author": ws.author, "place": str(ws.path), "status": pulse_of(ws).status}
        self._once = Once()
        self._errors = error_log(Path(ws.path))
        super().__init__(**known, **{"keymap": _me.keys_of(ws), **spoken, **traits})
        self.on_msg(self._answer)

    def _answer(self, _widget: Any, message: Any, _buffers: Any) -> None:
        self.send(self._once.answer(message, lambda command: reply(self.handlers, command, self._errors)))


NOT_BUILT = (
    "export default { render({ el }) {"
    ' el.textContent = "This part of the screen is not built: run npm run build in widgets/frontend"; } }'
)


def bundle(name: str) -> Path | str:
    """The committed ES module of a widget; in a checkout that is newer than its bundles one that says so."""
    path = STATIC / f"{name}.js"
    return path if path.is_file() else NOT_BUILT
