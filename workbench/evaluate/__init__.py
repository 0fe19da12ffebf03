"""Evaluate: checks that measure samples. A check never changes or drops anything."""

from workbench.evaluate.base import CHECKS, Check, Context, register

__all__ = ["CHECKS", "Check", "Context", "register"]
