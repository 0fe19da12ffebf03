"""What the gates found, each finding with what its gate is called on the screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workbench.generate import about
from workbench.model import Finding
from workbench.records import to_record


def findings_view(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as a page shows them."""
    return [{**to_record(finding), "title": about(finding.check).title} for finding in findings]
