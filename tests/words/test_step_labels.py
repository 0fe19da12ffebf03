"""Every step that is written has a label the front end knows words for: it reads the list that is kept true here."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.words.step_labels import step_labels

KEPT = Path(__file__).parent / "step_labels.json"


def test_the_list_that_the_front_end_is_tested_with_holds_every_label() -> None:
    found = step_labels()
    if os.environ.get("WORKBENCH_WRITE_CONTRACTS"):
        KEPT.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert json.loads(KEPT.read_text("utf-8")) == found


def test_labels_are_found_wherever_they_come_from() -> None:
    found = step_labels()
    for label in ("note", "tag name", "accept draft", "select on the map count", "settle", "import name", "run done"):
        assert label in found
    assert not [label for label in found if "{" in label]
