"""Conversations to run recipes on: the project's own and, where they are, real corpora."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from workbench.errors import GenerateError
from workbench.generate import RECIPES, Candidate, read_params
from workbench.generate.edits import apply
from workbench.generate.wording import wording
from workbench.llm.base import ChatModel
from workbench.model import Imported, Sample, Turn

REAL = {
    "sgd": ("sgd/sgd_train.jsonl.gz", "en"),
    "crosswoz": ("crosswoz/crosswoz_val.jsonl.gz", "zh"),
    "diabla": ("diabla/diabla.jsonl.gz", "fr"),
    "xpersona": ("xpersona/xpersona_fr_zh_it_en.jsonl.gz", "fr"),
}
"""Corpora of real conversations: the file of each, and the language that is taken from it."""


def sample_of(record: dict[str, Any]) -> Sample:
    said = record.get("turns") or record["messages"]
    turns = tuple(Turn(f"t{n}", turn["role"], turn["content"]) for n, turn in enumerate(said, start=1))
    return Sample(record["id"], turns, Imported("test", "test", 1), "test", language=record["language"])


def own_samples(folder: Path, language: str) -> list[Sample]:
    files = sorted((folder / "conversations").glob(f"*.{language}.jsonl"))
    return [sample_of(json.loads(line)) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def real_samples(corpora: Path, name: str, limit: int = 150) -> Iterator[Sample]:
    file, language = REAL[name]
    with gzip.open(corpora / file, "rt", encoding="utf-8") as lines:
        records = (json.loads(line) for line in lines)
        chosen = (record for record in records if record["language"] == language)
        for _, record in zip(range(limit), chosen, strict=False):
            yield sample_of(record)


def made(
    name: str,
    parent: Sample,
    params: dict[str, Any] | None = None,
    *,
    seed: int = 1,
    model: ChatModel | None = None,
) -> list[Candidate]:
    recipe = RECIPES.get(name)
    return list(recipe.make(parent, read_params(recipe, params or {}), model, random.Random(seed)))


def each_made(
    name: str, parents: Iterable[Sample], params: dict[str, Any] | None = None
) -> Iterator[tuple[Sample, Candidate]]:
    """Each of these from which something could be made, with the one thing that was made from it."""
    for parent in parents:
        try:
            (candidate,) = made(name, parent, params)
        except GenerateError:
            continue
        yield parent, candidate


def texts(turns: Sequence[Turn]) -> list[str]:
    return [turn.content for turn in turns]


def said_as(register: str, text: str, language: str) -> set[str]:
    """A text in another register: every way in which its words are exchanged."""
    ways = wording(language, register)
    return {apply(text, ways.edits(text, choice)) for choice in range(6)}
