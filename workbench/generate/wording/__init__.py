"""Ways of speaking: which words a person of some kind says instead, per language, as tables beside this file.

A line ``pattern => words | other words`` rewrites; the pattern is a regular expression over whole words, and whatever
it matches has to mean the same in every sentence. ``+first words`` and ``+later words`` may open the first turn of a
person or a later one. ``!capitals`` gives sentences their capital letter; ``@name`` takes over another table.

Before a pattern ``<start>`` asks for the beginning of a sentence, ``<clause>`` for that of a French clause, and
``<no object>`` that "nous" or "vous" is the French subject. Behind one ``<yes or no>`` asks that the sentence is
a French question in one piece and without a question word: it is answered with yes or no, whichever way it is put.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

from workbench.generate.edits import Edit, allowed, protected

LANGUAGES = ("en", "fr", "zh")
REGISTERS = ("formal", "casual", "elderly", "child")
_QUOTED = regex.compile(r"\"[^\"\n]{1,300}\"|“[^”]{1,3000}”|«[^»]{1,3000}»|「[^」]{1,3000}」|`[^`\n]+`")
_I = regex.compile(r"\bi\b(?!['’.])|\bi(?=['’]\p{L})")
_SENTENCE = regex.compile(r"(?:^|(?<=(?<!\.)\. |[!?] ))(?:\p{Ll}(?=[\p{Ll}'’])|[aà](?= ))")
_MARKS = {
    "<start>": r"(?<=^|[.!?…] |\n)",
    "<clause>": (
        r"(?<=^|[.!?…,;:(] |\n|\b(?:et|mais|car|où|donc|alors|quand|si|oui|non|là|ici|puis|pis|ah|bah|ben|euh) )"
    ),
    "<no object>": r"(?<!\b(?:ne|je|tu|il|elle|on|nous|vous|ils|elles|qui|ça|cela|se) )",
    "<yes or no>": (
        r"(?=[^.!?…,;:\n]*\?)"
        r"(?![^?]*\b(?:savoir s(?:i\b|'il)|(?:m'|me |nous )(?:a|ont|as|avez) dit\b|di(?:t|sent|saient) qu'))"
        r"(?![^?]*\b(?:combien|quand|où|quoi|comment|pourquoi|quel(?:le)?s?|qui|que|lesquel(?:le)?s"
        r"|laquelle|lequel|n'est-ce pas|hein|ok|oui|non)\b)"
    ),
}
_GREETING = regex.compile(
    r"(?i)^(?:hi|hiya|hello|hey|good (?:morning|afternoon|evening|day)|dear|(?:bien le )?bonjour"
    r"|bonsoir|salut|coucou|allô)\b"
    r"|^(?:您好|你好|喂|嗨|哈喽|早上好|下午好|晚上好|请问|\p{Han}{1,3}好[！!，,。])"
)
_PARDON = regex.compile(r"^(?:麻烦[您你]|劳驾|打扰)")
_ANSWER = regex.compile(
    r"(?i)^(?:(?:oh|ah|aïe|um|uh|euh|bon|ok|okay|all right|right|yes|yeah|yep|no|nope|well|wait|thanks|thank you"
    r"|please|and|but|so|then|or|oui|ouais|non|merci|et|mais|donc|alors|ok|d['’]accord|parce|car|faites|haha|actually|sure|great|perfect|sorry|hmm|wow|sounds)\b|\P{L}"
    r"|[哦噢嗯啊哎哈好行对是不没得明知那可还然所就另谢请多老同太哇真收])"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The rewrites of one register and what it may open a turn with."""

    rewrites: tuple[tuple[regex.Pattern[str], tuple[str, ...]], ...]
    first: tuple[str, ...]
    later: tuple[str, ...]
    capitals: bool = False

    def edits(self, text: str, choice: int) -> list[Edit]:
        """Every rewrite of a text that no other overlaps; earlier lines of the table win. `choice` picks words."""
        curly = "’" in text
        found: list[Edit] = []
        for pattern, words in self.rewrites:
            for match in pattern.finditer(text):
                new = _cased(match.expand(words[choice % len(words)]), match.group(), begins=match.start() == 0)
                new = _I.sub("I", new) if self.capitals else new
                edit = Edit(match.start(), match.end(), new.replace("'", "’") if curly else new, "wording")
                shouted = match.group().isupper() and len(match.group()) > 2
                if edit.text != match.group() and not shouted and not any(_overlap(edit, other) for other in found):
                    found.append(edit)
        if self.capitals and "\n" not in text:
            found = _capitals(text, found)
        quoted = [match.span() for match in _QUOTED.finditer(text)]
        return sorted(allowed(found, [*protected(text), *quoted]), key=lambda edit: edit.start)


def wording(language: str, register: str) -> Wording:
    """The table of a register in a language. Raises `KeyError` where there is none."""
    if language not in LANGUAGES or register not in REGISTERS:
        raise KeyError(f"{language}_{register}")
    return _read(f"{language}_{register}")


def greets(text: str) -> bool:
    """Whether a text opens with a greeting."""
    return _GREETING.search(text) is not None


def begs_pardon(text: str) -> bool:
    """Whether a Chinese text opens with words that beg pardon for asking, which nobody says twice."""
    return _PARDON.search(text) is not None


def answers(text: str) -> bool:
    """Whether a text opens with a word or mark that takes up what was said, so that no other can stand before it."""
    return _ANSWER.search(text) is not None


@cache
def _read(name: str) -> Wording:
    rewrites: list[tuple[regex.Pattern[str], tuple[str, ...]]] = []
    capitals = False
    opens: dict[str, list[str]] = {"first": [], "later": []}
    for line in files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            rewrites.extend(_read(line[1:]).rewrites)
            capitals = _read(line[1:]).capitals
        elif line.startswith("+"):
            place, _, words = line[1:].partition(" ")
            opens[place].extend(words.split(" | "))
        elif line == "!capitals":
            capitals = True
        elif line and not line.startswith("#"):
            pattern, _, words = line.partition(" => ")
            rewrites.append((_compiled(pattern, name), tuple(words.split(" | ")) if words else ("",)))
    return Wording(tuple(rewrites), tuple(opens["first"]), tuple(opens["later"]), capitals)


def _compiled(pattern: str, name: str) -> regex.Pattern[str]:
    for mark, condition in _MARKS.items():
        pattern = pattern.replace(mark, condition)
    pattern = pattern.replace("'", "['’]")
    if name.startswith("zh"):
        return regex.compile(pattern)
    return regex.compile(rf"(?i)(?<![\p{{L}}\d'’@/-])(?:{pattern})(?![\p{{L}}\d@/-])")


def _capitals(text: str, found: list[Edit]) -> list[Edit]:
    """The edits, with a capital letter at the beginning of every sentence."""
    starts = {match.start() for match in _SENTENCE.finditer(text)}
    kept = [
        Edit(edit.start, edit.end, edit.text[:1].upper() + edit.text[1:], edit.kind) if edit.start in starts else edit
        for edit in found
    ]
    taken = {edit.start for edit in kept}
    return kept + [Edit(at, at + 1, text[at].upper(), "capital") for at in sorted(starts - taken)]


def _cased(new: str, old: str, *, begins: bool) -> str:
    """As large a first letter as the old words had; "I" stays large."""
    if (
        not old[:1].isupper()
        or (old.isupper() and not begins)
        or (old[:1] == "I" and not old[1:2].islower() and not begins)
    ):
        return new
    return new[:1].upper() + new[1:]


def _overlap(one: Edit, other: Edit) -> bool:
    return one.start < other.end and one.end > other.start
