"""`workbench bench`: the budgets of the design, measured as ratios to a named floor or limit in the same run."""

from workbench.bench.conversations import write_conversations
from workbench.bench.main import main

__all__ = ["main", "write_conversations"]
