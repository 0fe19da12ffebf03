"""`workbench bench generate`: how it is found, what it says, and that its stub is an endpoint."""

from __future__ import annotations

import pytest

from tests.bench.suites import help_of
from workbench.bench.generating import run
from workbench.bench.stub import stub
from workbench.llm import Message, Request
from workbench.llm.base import unseen
from workbench.llm.openai_compatible import OpenAICompatible


def test_runs_are_a_suite_of_the_bench(monkeypatch, capsys):
    assert "--rows" in help_of("generate", monkeypatch, capsys)


def test_rate_and_memory_are_held_against_what_was_measured_in_the_same_run():
    rate, memory = run(60, runs=1)
    assert "bare asyncio loop" in rate.against
    assert rate.ratio > 0
    assert memory.ratio > 0.5, "memory of a process does not halve"
    assert "rows a second" in memory.note


@pytest.mark.parametrize("on_text", [None, unseen])
def test_the_stub_answers_whole_and_in_pieces(on_text):
    with stub(0.0) as url:
        model = OpenAICompatible(url, "stub")
        texts = [model.reply(Request((Message("user", "Hello?"),)), on_text=on_text).text for _ in range(3)]
    assert len(set(texts)) == 3
    assert all(len(text.split()) == 40 for text in texts)
