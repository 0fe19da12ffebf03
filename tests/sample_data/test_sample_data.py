"""The sample data is what its README says."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict

import pytest

from workbench.label import check_value, default_schemes
from workbench.text import tokens


@pytest.fixture(scope="module")
def records(sample_data):
    paths = sorted((sample_data / "conversations").glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def test_there_are_enough_of_each_language_and_domain(records, sample_data):
    languages = Counter(record["language"] for record in records)
    domains = {path.name.split(".")[0] for path in (sample_data / "conversations").glob("*.jsonl")}
    assert len(records) >= 240
    assert len(domains) >= 10
    assert min(languages[code] for code in ("en", "zh", "fr")) >= 60


def test_every_conversation_has_several_turns_and_an_id_of_its_own(records):
    assert min(len(record["turns"]) for record in records) >= 4
    assert len({record["id"] for record in records}) == len(records)


def test_every_tag_is_an_answer_to_its_scheme(records):
    schemes = {scheme.name: scheme for scheme in default_schemes()}
    tags = [tag for record in records for tag in record["tags"]]
    assert [tag for tag in tags if check_value(schemes[tag["scheme"]], tag["value"]) != tag["value"]] == []


def test_no_two_conversations_share_a_long_run_of_words(records):
    seen = defaultdict(set)
    for record in records:
        length = 24 if record["language"] == "zh" else 12
        words = tokens("\n".join(turn["content"] for turn in record["turns"]))
        origin = record["meta"].get("near_duplicate_of", record["id"])
        for place in range(len(words) - length + 1):
            seen[tuple(words[place : place + length])].add(origin)
    assert [(" ".join(run), who) for run, who in seen.items() if len(who) > 1] == []


def test_near_duplicates_differ_a_little_and_wrong_ones_say_how(records):
    by_id = {record["id"]: record for record in records}
    for record in records:
        kind, meta = record["meta"]["kind"], record["meta"]
        if kind == "near-duplicate":
            assert record["turns"] != by_id[meta["near_duplicate_of"]]["turns"]
        if kind == "wrong":
            assert len(meta["mistake"]) > 20


def test_checksums_hold(sample_data):
    lines = (sample_data / "SHA256SUMS").read_text().splitlines()
    wrong = [
        name
        for digest, name in (line.split("  ") for line in lines)
        if hashlib.sha256((sample_data / name).read_bytes()).hexdigest() != digest
    ]
    listed = {line.split("  ")[1] for line in lines}
    present = {
        str(p.relative_to(sample_data)) for d in ("conversations", "documents") for p in (sample_data / d).iterdir()
    }
    assert (wrong, present - listed) == ([], set())
