"""The gate on twins: nothing of the source is left in them, shown word by word, and how far the two are apart."""

from __future__ import annotations

from typing import Any

from workbench.generate.candidate import Candidate
from workbench.generate.gates.named import checks
from workbench.generate.gates.overlap import common_run
from workbench.generate.twin import own_words
from workbench.generate.twin.acts import act_of, sentences
from workbench.generate.twin.stand_ins import values_of
from workbench.model import Finding, Sample, Turn
from workbench.text import GRAM, copied_share, percent, search_key, tokens

LONG = {"zh": 12}
"""Chinese characters in a row that may not be the source's; of words it is `GRAM`."""

_MARKS = set(" .,?!'’\u00a0，。？！\n-")


@checks("privacy")
def nothing_of_the_source(parent: Sample, candidate: Candidate) -> Finding:
    """Every word of a twin is one of ours or of a stand-in, none of those stands in the source, nor a value of it here.

    And no long run of words is common. So a secret can only come out where it is made of words that our sentences use
    anyway, and is short. When all that holds, the distance is told as "info".
    """
    language = (candidate.language or parent.language or "").split("-")[0].lower()
    invented = [str(value) for value in candidate.meta.get("stand_ins", ())]
    source = search_key("\n".join(_all_text(turn) for turn in parent.turns))
    if found := _shared_value(parent, candidate, language, invented, source):
        return found
    known = own_words(language) | {word for value in invented for word in tokens(value)}
    marks = _MARKS | set("".join(invented))
    longest = LONG.get(language, GRAM)
    for turn in candidate.turns:
        if turn.name or turn.tool_calls or turn.tool_call_id:
            message = "a name or a tool call was left on a turn"
            return Finding("privacy", 0.0, "problem", message, turn=turn.id)
        words = tokens(turn.content)
        other = {letter for letter in turn.content if not letter.isalnum()} - marks
        if strange := sorted({*words} - known | other):
            message = f"words that are neither ours nor invented: {', '.join(strange[:5])}"
            return Finding("privacy", 0.0, "problem", message, turn=turn.id)
        if common_run(words, tokens(source)) >= longest:
            message = f"says {longest} words in a row as the source does"
            return Finding("privacy", 0.0, "problem", message, turn=turn.id)
    apart = distance(parent.turns, candidate.turns)
    message = (
        f"words in the longest common run: {apart['longest_run']}; "
        f"{percent(apart['shared_threes'])} of three-word runs shared; "
        f"length {percent(apart['length'])}; {percent(apart['acts'])} of sentences do the same"
    )
    return Finding("privacy", 1.0 - apart["shared_threes"], "info", message)


def _shared_value(
    parent: Sample, candidate: Candidate, language: str, invented: list[str], source: str
) -> Finding | None:
    """A value that source and twin have in common. A name that is also one of our words ("Will") is not told apart."""
    if any(search_key(value) in source for value in invented):
        message = "a stand-in stands in the source too"
        return Finding("privacy", 0.0, "problem", message)
    said = " ".join(tokens(" ".join(turn.content for turn in candidate.turns)))
    ours = own_words(language)
    for value in values_of([turn.content for turn in parent.turns], language):
        words = tokens(value)
        known = len(words) == 1 and words[0] in ours
        if words and not known and f" {' '.join(words)} " in f" {said} ":
            message = "a name, a number or an address of the source is said"
            return Finding("privacy", 0.0, "problem", message)
    return None


def distance(source: tuple[Turn, ...], twin: tuple[Turn, ...]) -> dict[str, Any]:
    """How far a twin is from its source, and how near in shape.

    Returns ``longest_run`` (words in a row that both have), ``shared_threes`` and ``shared_words`` (shares, 0 to 1, of
    the twin's three-word sequences and different words that the source has), ``length`` (its words by the source's) and
    ``acts`` (share of sentences, by their places in the same turns, that do the same).
    """
    spoken = [turn for turn in source if turn.role != "tool" and turn.content.strip()]
    old, new = (tokens(" ".join(turn.content for turn in turns)) for turns in (spoken, twin))
    acts = [
        (act_of(before), act_of(after))
        for one, other in zip(spoken, twin, strict=False)
        for before, after in zip(sentences(one.content), sentences(other.content), strict=False)
    ]
    return {
        "longest_run": common_run(new, old),
        "shared_threes": round(copied_share(new, old, 3), 4),
        "shared_words": round(len({*new} & {*old}) / max(1, len({*new})), 4),
        "length": round(len(new) / max(1, len(old)), 4),
        "acts": round(sum(before == after for before, after in acts) / max(1, len(acts)), 4),
    }


def _all_text(turn: Turn) -> str:
    return "\n".join([turn.name or "", turn.content, *(call.arguments for call in turn.tool_calls)])
