"""How a problem and its proved answer are worded, in three languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from workbench.proof.engine import Rule, Step

_ALPHABET = "XYZPQRSTUVW"
"""Letters for variables, the usual ones first."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The phrases of one language. Each list holds ways to say the same; `{s}` is a sentence of the expert."""

    known: tuple[str, ...]
    rules: str
    letters: str
    colon: str
    questions: tuple[str, ...]
    step: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    missing: str
    both: str
    listing: tuple[str, str]
    end: str

    def question(self, facts: tuple[str, ...], rules: tuple[Rule, ...], conclusion: str, way: int) -> str:
        """What the person asks: the facts, the rules, and whether the conclusion follows."""
        letters = _letters(facts, rules)
        listed = "\n".join(f"- {_sentence(fact, self.end)}" for fact in facts)
        said = "\n".join(f"- {_sentence(_lettered(rule.text, letters), self.end)}" for rule in rules)
        shown = self.letters.format(letters=self._listed(list(letters.values()))) if letters else ""
        asked = self.questions[way % len(self.questions)].format(s=conclusion)
        return f"{self.known[way % len(self.known)]}\n{listed}\n{self.rules}{shown}{self.colon}\n{said}\n{asked}"

    def proved(self, steps: tuple[Step, ...], conclusion: str, way: int) -> str:
        """The answer to what follows: a numbered line for each step, then the verdict."""
        said = [self.inferred(step.premises, step.conclusion) for step in steps]
        lines = [f"{number}. {_sentence(line, self.end)}" for number, line in enumerate(said, start=1)]
        return "\n".join([*lines, _sentence(self.yes[way % len(self.yes)].format(s=conclusion), self.end)])

    def inferred(self, premises: Sequence[str], conclusion: str) -> str:
        """One inference as it is said, without its number and the full stop."""
        return self.step.format(because=self.both.join(premises), s=conclusion)

    def open(self, conclusion: str, missing: str, way: int) -> str:
        """The answer to what does not follow: it cannot be concluded, and what would be needed."""
        verdict = _sentence(self.no[way % len(self.no)].format(s=conclusion), self.end)
        return f"{verdict}\n{_sentence(self.missing.format(s=missing), self.end)}"

    def _listed(self, letters: Sequence[str]) -> str:
        """Letters as they are told to a reader: "X, Y and Z"."""
        comma, last = self.listing
        return last.join([*([comma.join(letters[:-1])] if len(letters) > 1 else []), letters[-1]])


WORDINGS = {
    "en": Wording(
        known=("This is what I know:", "Here are the facts:", "Please work only with this:"),
        rules="And these rules hold",
        letters=" ({letters} can be anyone or anything)",
        colon=":",
        questions=("Does it follow that {s}?", "Can I conclude that {s}?", "Is it certain that {s}?"),
        step="{because}, so {s}",
        yes=("Yes, it follows: {s}", "Yes, this is certain: {s}"),
        no=("It cannot be concluded that {s}", "No, that cannot be concluded: {s}"),
        missing="For that, this would have to be known: {s}",
        both=" and ",
        listing=(", ", " and "),
        end=".",
    ),
    "fr": Wording(
        known=("Voici ce que je sais :", "Voici les faits :", "Appuyez-vous uniquement sur ceci :"),
        rules="Et ces règles s'appliquent",
        letters=" ({letters} : n'importe qui ou n'importe quoi)",
        colon=" :",
        questions=("Peut-on en conclure ceci : {s} ?", "Est-ce certain : {s} ?", "S'ensuit-il que {s} ?"),
        step="{because}, donc {s}",
        yes=("Oui, on peut le conclure : {s}", "Oui, c'est certain : {s}"),
        no=("On ne peut pas le conclure : {s}", "Non, rien ne permet de conclure ceci : {s}"),
        missing="Il faudrait savoir ceci : {s}",
        both=" et ",
        listing=(", ", " et "),
        end=".",
    ),
    "zh": Wording(
        known=("我知道以下情况：", "事实如下：", "请只根据以下内容判断："),
        rules="并且有这些规则",
        letters="（{letters}可以是任何人或事物）",
        colon="：",
        questions=("能得出“{s}”吗？", "可以断定“{s}”吗？", "由此能确定“{s}”吗？"),
        step="{because}，所以{s}",
        yes=("可以得出：{s}", "可以确定：{s}"),
        no=("不能得出：{s}", "无法断定：{s}"),
        missing="还需要知道：{s}",
        both="，并且",
        listing=("、", "和"),
        end="。",
    ),
}

RULE_FORMS = {"en": ("if {} then {}", " and "), "fr": ("si {} alors {}", " et "), "zh": ("如果{}，那么{}", "并且")}
"""How a rule is written in each language: its form, and what stands between two conditions."""


def rule_sentence(conditions: Sequence[str], conclusion: str, language: str) -> str:
    """A rule as an expert writes it, and as `read_rule` reads it."""
    form, also = RULE_FORMS[language]
    return form.format(also.join(conditions), conclusion)


def _letters(facts: tuple[str, ...], rules: tuple[Rule, ...]) -> dict[str, str]:
    """A capital letter for each variable, none of which stands alone anywhere in the sentences."""
    names = list(dict.fromkeys(name for rule in rules for name in re.findall(r"\{(\w+)\}", rule.text)))
    text = " ".join([*facts, *(rule.text for rule in rules)])
    free = [letter for letter in _ALPHABET if not re.search(_alone(letter), text)]
    return dict(zip(names, free, strict=False))


def _lettered(text: str, letters: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda hole: letters.get(hole[1], hole[0]), text)


def with_holes(text: str, letters: Collection[str]) -> str:
    """A rule as it was shown, with its variables in braces again."""
    for letter in letters:
        text = re.sub(_alone(letter), f"{{{letter}}}", text)
    return text


def _alone(letter: str) -> str:
    return rf"(?<![A-Za-z{{]){letter}(?![A-Za-z}}])"


def _sentence(text: str, end: str) -> str:
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "。", "!", "?")) else f"{text}{end}"
