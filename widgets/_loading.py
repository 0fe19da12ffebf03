"""Everything the application needs before its first page, loaded at once: for a kernel that nobody waits for yet."""

from __future__ import annotations

import widgets.app  # noqa: F401 - to have it loaded is the purpose
from workbench.workspace.loading import load

load()
