"""Seeded, realistic conversations of any number, for measuring.

Zipf-distributed words with a vocabulary of their own per domain, 2 to 20 turns, English, Chinese (15 %) and French
(10 %), 10 % near-duplicates (1 to 5 % of the words changed) and 3 % exact ones: the mix PERFORMANCE figures of the
design were taken with. The text carries no meaning; lengths and frequencies do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

DOMAINS = ("finance", "health", "law", "education", "retail", "travel", "telecom", "energy", "technology", "daily-life")
_LANGUAGES = ("en", "zh", "fr")
_SHARES = (75, 15, 10)
_NEAR, _EXACT = 0.10, 0.03
_VOCABULARY, _DOMAIN_WORDS = 20_000, 400
_SYLLABLES = (
    "ba",
    "co",
    "di",
    "fe",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "zo",
)
_ACCENTED = ("é", "è", "ê", "ç", "à", "ù")
_HAN_FIRST, _HAN_COUNT = 0x4E00, 3000


def conversations(count: int, *, seed: int = 0) -> Iterator[dict[str, Any]]:
    """That many records in OpenAI chat form with metadata; the same seed gives the same records."""
    rng = random.Random(seed)
    words = {language: _Words(language, rng) for language in _LANGUAGES}
    recent: list[dict[str, Any]] = []
    for number in range(count):
        chance = rng.random()
        if recent and chance < _EXACT + _NEAR:
            record = _copy_of(rng.choice(recent), words, rng, exact=chance < _EXACT)
        else:
            record = _fresh(words, rng)
            recent = [*recent[-199:], record]
        yield {"id": f"bench-{seed}-{number}", **record}


def write_conversations(path: Path, count: int, *, seed: int = 0) -> int:
    """Write `count` conversations as JSON Lines; returns the bytes written."""
    with path.open("wb") as out:
        for record in conversations(count, seed=seed):
            out.write(orjson.dumps(record))
            out.write(b"\n")
        return out.tell()


class _Words:
    """A Zipf-like source of words of one language: rank grows exponentially with a uniform draw."""

    def __init__(self, language: str, rng: random.Random) -> None:
        self.language = language
        self.separator = "" if language == "zh" else " "
        self.common = [self._word(rng) for _ in range(_VOCABULARY)]
        self.special = {domain: [self._word(rng) for _ in range(_DOMAIN_WORDS)] for domain in DOMAINS}

    def sentence(self, domain: str, rng: random.Random) -> str:
        """Five to forty words, an eighth of them from the domain's own vocabulary."""
        chosen = [self.draw(domain, rng) for _ in range(rng.randint(5, 40))]
        text = self.separator.join(chosen)
        return text[:1].upper() + text[1:] + ("。" if self.language == "zh" else ".")

    def draw(self, domain: str, rng: random.Random) -> str:
        """One word."""
        pool = self.special[domain] if rng.random() < 0.125 else self.common
        return pool[int(len(pool) ** rng.random()) - 1]

    def _word(self, rng: random.Random) -> str:
        if self.language == "zh":
            return "".join(chr(_HAN_FIRST + rng.randrange(_HAN_COUNT)) for _ in range(rng.randint(1, 2)))
        word = "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(1, 4)))
        return word + rng.choice(_ACCENTED) if self.language == "fr" and rng.random() < 0.2 else word


def _fresh(words: dict[str, _Words], rng: random.Random) -> dict[str, Any]:
    language = rng.choices(_LANGUAGES, _SHARES)[0]
    domain = DOMAINS[min(int(rng.expovariate(0.4)), len(DOMAINS) - 1)]
    messages = [
        {"role": ("user", "assistant")[turn % 2], "content": words[language].sentence(domain, rng)}
        for turn in range(rng.randint(2, 20))
    ]
    return {"messages": messages, "language": language, "domain": domain}


def _copy_of(record: dict[str, Any], words: dict[str, _Words], rng: random.Random, *, exact: bool) -> dict[str, Any]:
    if exact:
        return record
    source = words[record["language"]]
    share = rng.uniform(0.01, 0.05)
    messages = []
    for message in record["messages"]:
        parts = list(message["content"]) if source.language == "zh" else message["content"].split(" ")
        changed = [source.draw(record["domain"], rng) if rng.random() < share else part for part in parts]
        messages.append({**message, "content": source.separator.join(changed)})
    return {**record, "messages": messages}
