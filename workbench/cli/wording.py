"""What a label or a hint says of the screen, said of the verb that does the same: a terminal has no Settings."""

from __future__ import annotations

CONNECTING = "workbench model NAME -s base_url=URL -s model=MODEL"


def at_a_terminal(words: str) -> str:
    """Words of ours (never of a person's text) with the command in the place of the page of the screen."""
    return words.replace("under Settings", f"with `{CONNECTING}`")
