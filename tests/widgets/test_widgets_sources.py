"""The front end's sources and bundles, looked at from outside."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

WIDGETS = Path(__file__).parents[2] / "widgets"
FRONTEND = WIDGETS / "frontend"
SINKS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|srcdoc|createContextualFragment"
    r"|\beval\(|new Function"
)
PYTHON_SINKS = re.compile(r"\bHTML\(|HTMLMath\(|\bMarkdown\(|display_html|_repr_html_|innerHTML|insertAdjacentHTML")


@pytest.mark.parametrize("file", sorted((FRONTEND / "src").rglob("*.ts")), ids=lambda file: file.name)
def test_no_source_parses_markup(file: Path) -> None:
    assert not SINKS.search(file.read_text(encoding="utf-8"))


def test_no_widget_shows_text_as_markup() -> None:
    for file in WIDGETS.rglob("*.py"):
        assert not PYTHON_SINKS.search(file.read_text(encoding="utf-8")), file


def test_bundles_ask_no_other_machine_for_anything() -> None:
    for file in (WIDGETS / "static").iterdir():
        hosts = set(re.findall(r"https?://([^\s\"'`)/:]+)", file.read_text(encoding="utf-8")))
        assert hosts <= {"www.w3.org", "localhost", "127.0.0.1"}, file.name


def test_the_lockfile_names_no_address() -> None:
    packages = json.loads((FRONTEND / "package-lock.json").read_text())["packages"]
    assert not [name for name, entry in packages.items() if "resolved" in entry]


def test_committed_bundles_are_those_of_the_sources() -> None:
    node = shutil.which("node")
    if node is None or not (FRONTEND / "node_modules" / "esbuild").is_dir():
        pytest.skip("needs Node and `npm ci` in widgets/frontend")
    run = subprocess.run([node, "build.mjs", "--check"], cwd=FRONTEND, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
