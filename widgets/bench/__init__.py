"""`workbench bench ui`: the expert's screen measured in a real JupyterLab and a real headless Chromium.

The same driver carries the browser tests. Playwright is loaded when it is used: the screen itself does not need it.
"""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; see `widgets.bench.main`."""
    from widgets.bench.main import main as run

    return run(arguments)
