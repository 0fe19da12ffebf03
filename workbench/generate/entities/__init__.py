"""Things in a conversation that stand for other things of their kind: found, typed, and given invented stand-ins."""

from workbench.generate.entities.base import Kind, Swaps, plan_swaps

__all__ = ["Kind", "Swaps", "plan_swaps"]
