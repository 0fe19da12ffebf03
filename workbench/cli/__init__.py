"""The command line: the same verbs as in Python, for scripts and terminals."""

from workbench.cli.main import main

__all__ = ["main"]
