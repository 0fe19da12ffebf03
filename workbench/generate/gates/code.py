"""The gate on code: a solution passes its tests and some change of it fails them, both found out by running it."""

from __future__ import annotations

from workbench.generate.candidate import Candidate
from workbench.generate.gates.named import checks
from workbench.model import Finding, Sample, Severity
from workbench.sandbox import judge

_SEVERITIES: dict[str, Severity] = {"pass": "info", "unsure": "warning", "fail": "problem"}


@checks("code")
def code_runs(parent: Sample, candidate: Candidate) -> Finding:
    """Run the exercise (see `workbench.sandbox`): the turn that says it is one, else the last.

    A pass is told too, as "info", with its figures.
    """
    last = next((turn for turn in candidate.turns if "exercise" in turn.extra), candidate.turns[-1])
    verdict = judge(last.content)
    return Finding("code", verdict.noticed, _SEVERITIES[verdict.state], verdict.message, turn=last.id)
