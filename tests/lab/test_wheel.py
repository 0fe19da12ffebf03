"""The wheel holds all that the workbench needs at work, nothing else, and works away from the checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel

TOP = Path(__file__).parents[2]

PROGRAM = """
import sys
import workbench as wb, widgets
from widgets.lab.demo import bring_samples
folder = sys.argv[1]
assert all(sys.argv[2] in module.__file__ for module in (wb, widgets)), wb.__file__
with wb.open(folder + "/w.workspace", author="ana") as ws:
    bring_samples(ws, lambda text: None)
    run = ws.generate("fan_100", "turns>=2", limit=1, params={}).wait(120)
    print(ws.count(), len(ws.recipes()), len(widgets.Workbench(ws).words) >= 0)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(TOP)
        return folder / build_wheel(str(folder))


def _tracked(*places: str) -> set[str]:
    found = subprocess.run(
        ["git", "ls-files", "-z", *places], cwd=TOP, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    return {name for name in found if name}


def test_it_holds_every_file_of_the_packages_and_the_samples(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    code = {name for name in _tracked("workbench", "widgets") if not name.startswith("widgets/frontend/")}
    beside = {f"widgets/lab/{name}" for name in _tracked("notebooks", "sample_data")}
    assert code | beside <= names
    assert any(name.endswith("remoteEntry.js") for name in names)


def test_it_holds_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"workbench", "widgets"}
    assert not [name for name in names if name.startswith("widgets/frontend/") or "/tests/" in name]


def test_it_works_where_no_checkout_is(wheel: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    zipfile.ZipFile(wheel).extractall(away)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path), str(away)],
        cwd=tmp_path, env={"PYTHONPATH": str(away), "HOME": str(tmp_path), "PATH": ""}, capture_output=True, text=True,
        timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    samples, recipes, _ = done.stdout.split()[-3:]
    assert int(samples) > 100
    assert int(recipes) > 10
