"""Exercises whose code does not hold any more: somebody edited the text, or it came in changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbench.evaluate.base import Check, Context
from workbench.model import Finding, Sample, Severity
from workbench.sandbox import judge


def measure_code(sample: Sample, context: Context) -> Iterator[Finding]:
    """Run every turn that carries an exercise again, from its words."""
    for turn in sample.turns:
        if isinstance(turn.extra.get("exercise"), Mapping):
            verdict = judge(turn.content)
            if verdict.state != "pass":
                severity: Severity = "problem" if verdict.state == "fail" else "warning"
                yield Finding("code", verdict.noticed, severity, verdict.message, sample.id, turn=turn.id)


CODE = Check(
    "code",
    "Code exercises",
    "Runs the solutions of code exercises against their tests again, in a process with limits.",
    measure_code,
)
