"""The workspace: the only door for widgets, notebooks and the command line. One thin method per intention."""

from workbench.workspace.results import Lineage, Page, Selection
from workbench.workspace.workspace import Workspace, open_workspace

__all__ = ["Lineage", "Page", "Selection", "Workspace", "open_workspace"]
