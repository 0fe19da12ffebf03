"""Every action on the screen as the Python call it is. Pure: a command's name and arguments in, Python text out.

`DOES` holds what changes the workspace, `FINDS` what looks something up that a person may want in a notebook, and
`PLAIN` names, on purpose, the commands that have no code: what pages ask to draw themselves, and the screen's own
settings. A command that is in none of them fails a test, so that a new one gets its decision.
"""

from __future__ import annotations

from collections.abc import Callable

from widgets._code_calls import DOES, FINDS
from widgets._code_text import Args
from workbench.errors import WorkbenchError

PLAIN = frozenset(
    {
        "map.point",
        "map.ready",
        "map.start",
        "pair.list",
        "repeat.done",
        "repeat.offered",
        "repeat.report",
        "replace.done",
        "replace.report",
        "review.about",
        "review.count",
        "review.examples",
        "review.results",
        "review.sample",
        "review.start",
        "review.suggested",
        "review.titles",
        "step.samples",
        "step.taken",
        # what pages ask to draw themselves
        "app.start",
        "browse.facets",
        "browse.progress",
        "browse.slices",
        "browse.start",
        "browse.place",
        "browse.look",
        "sample.open",
        "sample.family",
        "sample.languages",
        "history.list",
        "tag.list",
        "scheme.list",
        "scheme.open",
        "scheme.step",
        "scheme.versions",
        "step.list",
        "bulk.list",
        "bulk.estimate",
        "collect.start",
        "collect.imports",
        "collect.problems",
        "approve.list",
        "generate.start",
        "document.list",
        "run.list",
        "draft.queue",
        "draft.open",
        "draft.lost",
        "draft.reveal",
        "prompt.alike",
        "judge.list",
        "judge.pairs",
        "live.measures",
        "live.open",
        "model.get",
        "quality.answers",
        "quality.plotly",
        "release.start",
        "slice.builds",
        "slice.counts",
        # counts and answers that a page asks for while somebody types
        "browse.count",
        "browse.ids",
        "generate.count",
        "quality.count",
        "slice.count",
        "file.complete",
        "document.complete",
        "release.complete",
        # the results of jobs that another command started
        "job.list",
        "bulk.done",
        "collect.report",
        "model.tested",
        "quality.report",
        "run.figured",
        "generate.counted",
        "generate.estimated",
        "release.exported",
        "slice.frozen",
        "slice.difference",
        "tidy.report",
        # a file on its way from the browser, and the screen's own settings
        "file.upload",
        "file.chunk",
        "file.cancel",
        "me.recall",
        "me.remember",
        "me.speak",
        "code.list",
        "code.of",
        "code.screen",
    }
)


def code_of(name: str, args: Args) -> str | None:
    """The call a command is, as valid Python over a workspace `ws`; None where there is none, or it cannot be read.

    Texts and ids are exact: they are written as Python literals, so that no text of a sample ever becomes code.
    """
    render: Callable[[Args], str] | None = DOES.get(name) or FINDS.get(name)
    if render is None:
        return None
    try:
        return render(args)
    except (KeyError, TypeError, ValueError, AttributeError, WorkbenchError):
        return None  # a command that was refused for the same reason


def cell_of(parts: list[str], *, path: str, author: str) -> str:
    """Several calls as one notebook cell: imports once and on top, then the workspace, then the calls in order."""
    imports: dict[str, None] = {"import workbench as wb": None}
    body: list[str] = []
    for part in parts:
        lines = part.split("\n")
        while lines and lines[0].startswith(("from ", "import ")):
            imports[lines.pop(0)] = None
        body.append("\n".join(lines))
    opened = f"ws = wb.open({path!r}, author={author!r})"
    first = sorted(line for line in imports if line.startswith("from workbench") or "workbench" not in line)
    return "\n".join([*first, "import workbench as wb", "", opened, *body]) + "\n"
