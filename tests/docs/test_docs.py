"""Every code block of the docs runs, page by page, in a folder of its own that has the sample data."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WIDGETS = sorted(f"docs/widgets/{page.name}" for page in (ROOT / "docs/widgets").glob("*.md"))
PAGES = ["README.md", "docs/extend.md", "docs/fix_once.md", "docs/models.md", "docs/recipes.md", "docs/search.md"]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)\)")


def test_every_recipe_is_on_the_page_of_recipes():
    from workbench.generate.recipes import BUILTIN

    page = (ROOT / "docs/recipes.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)`", page, re.MULTILINE) == sorted(recipe.name for recipe in BUILTIN)


def test_every_preset_is_on_the_page_of_models_with_its_address_and_variable():
    from workbench.llm.presets import PRESETS

    page = (ROOT / "docs/models.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `?(.*?)`? \| `?(.*?)`? \|", page, re.MULTILINE)
    known = [(known.name, known.base_url or "yours", known.key_variable or "none") for known in PRESETS[:-1]]
    assert rows == [*known, ("other", "yours", "as you say")]


@pytest.mark.parametrize("page", PAGES)
def test_the_code_of_a_page_runs(page, tmp_path):
    (tmp_path / "sample_data").symlink_to(ROOT / "sample_data")
    blocks = BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
    code = "\n".join(text for language, text in blocks if language == "python")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_the_cells_of_the_widgets_run(tmp_path):
    """Each page's cell by itself, in one process: what is slow is loading, not the widgets."""
    cells = [text for page in WIDGETS for _, text in BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))]
    assert len(cells) == len(WIDGETS) - 1
    code = "\n".join(f"exec({cell!r}, {{}})" for cell in cells)
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_every_widget_has_a_page_with_a_picture():
    import widgets

    pages = {page: (ROOT / page).read_text(encoding="utf-8") for page in WIDGETS}
    titles = {text.split("\n", 1)[0].removeprefix("# ") for text in pages.values()}
    assert set(widgets.__all__) <= titles
    assert all("](../images/" in text for page, text in pages.items() if not page.endswith("README.md"))


def test_the_commands_of_the_readme_run(tmp_path):
    (tmp_path / "sample_data").symlink_to(ROOT / "sample_data")
    blocks = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    for line in "".join(text for language, text in blocks if language == "sh").splitlines():
        command = [sys.executable, "-m", "workbench", *shlex.split(line)[1:]]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize("page", [*PAGES, "CONTRIBUTING.md", "docs/architecture.md", "docs/glossary.md", *WIDGETS])
def test_every_link_leads_somewhere(page):
    base = (ROOT / page).parent
    targets = [t for t in LINK.findall((ROOT / page).read_text(encoding="utf-8")) if "://" not in t]
    assert [target for target in targets if not (base / target).exists()] == []


def test_the_glossary_names_every_noun_of_the_model():
    words = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").casefold()
    nouns = ("workspace", "source", "sample", "turn", "document", "origin", "tag", "draft", "recipe", "run", "slice")
    assert [noun for noun in nouns if f"**{noun}" not in words] == []
