"""The gate on the language: what is new is written in the language that was asked for."""

from __future__ import annotations

import re

from workbench.generate.candidate import Candidate
from workbench.generate.gates.named import checks
from workbench.generate.gates.turns import new_turns
from workbench.language import detect_language
from workbench.model import Finding, Sample, Severity

_CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)

NO_LANGUAGE = "zxx"
"""How a text without linguistic content is named (ISO 639)."""

ENOUGH = 40
"""Characters below which a text's language is not judged (Chinese says more in fewer: half as many)."""


@checks("language")
def speaks(parent: Sample, candidate: Candidate) -> Finding | None:
    """New text that is surely in another language than the candidate's (or its parent's); code is not looked at.

    Where several turns are new and only one of them is in another language, a person looks at it.
    """
    wanted = (candidate.language or parent.language or "").split("-")[0]
    new = new_turns(parent, candidate)
    other = _other_than(wanted, " ".join(turn.content for turn in new))
    if other is not None:
        found, confidence = other
        if found == NO_LANGUAGE:
            return Finding("language", 0.0, "problem", f"no words of a language, {wanted} was asked for")
        severity: Severity = "problem" if confidence > 0.95 else "warning"
        return Finding("language", 1 - confidence, severity, f"written in {found}, {wanted} was asked for")
    for turn in new if len(new) > 1 else ():
        other = _other_than(wanted, turn.content)
        if other is not None and other[0] != NO_LANGUAGE and other[1] > 0.95:
            found, confidence = other
            message = f"written in {found}, {wanted} was asked for"
            return Finding("language", 1 - confidence, "warning", message, turn=turn.id)
    return None


def _other_than(wanted: str, text: str) -> tuple[str, float] | None:
    """The language a text is in, and how sure that is; None where it is the wanted one or there is too little text."""
    text = _CODE.sub("", text)
    if not wanted or len(text) < (ENOUGH // 2 if wanted == "zh" else ENOUGH):
        return None
    found, confidence = detect_language(text)
    return None if found is None or found == wanted else (found, confidence)
