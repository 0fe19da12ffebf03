"""The gate on the language: what is new is written in the language that was asked for."""

from __future__ import annotations

import re

from workbench.generate.base import Candidate
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
    """New text that is surely in another language than the candidate's (or its parent's); code is not looked at."""
    wanted = (candidate.language or parent.language or "").split("-")[0]
    text = _CODE.sub("", " ".join(turn.content for turn in new_turns(parent, candidate)))
    if not wanted or len(text) < (ENOUGH // 2 if wanted == "zh" else ENOUGH):
        return None
    found, confidence = detect_language(text)
    if found is None or found == wanted:
        return None
    if found == NO_LANGUAGE:
        return Finding("language", 0.0, "problem", f"no words of a language, {wanted} was asked for")
    severity: Severity = "problem" if confidence > 0.95 else "warning"
    return Finding("language", 1 - confidence, severity, f"written in {found}, {wanted} was asked for")
