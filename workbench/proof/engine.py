"""Facts and if-then rules in plain sentences: what follows from them, by which steps, and from which facts alone.

A rule is "if A and B then C" (in French "si A et B alors C", in Chinese "如果A且B，则C"). A sentence may hold variables
in braces, "{person} has a fever"; every variable of C has to stand in A or B. Conclusions are found by forward chaining
and the premises of each traced back to a minimal set, as AlphaGeometry does with a geometric engine (Trinh et al.,
"Solving olympiad geometry without human demonstrations", Nature 2024).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.errors import InvalidInput

MOST = 500
"""Facts derived at most: rules that never come to an end are stopped there."""

LONGEST = 400
"""Characters of a derived sentence at most, for the same reason."""

_RULES = (
    re.compile(r"^\s*if\s+(?P<body>.+?)\s*,?\s+then\s+(?P<head>.+?)\s*\.?\s*$", re.IGNORECASE),
    re.compile(r"^\s*si\s+(?P<body>.+?)\s*,?\s+alors\s+(?P<head>.+?)\s*\.?\s*$", re.IGNORECASE),
    re.compile(r"^\s*如果(?P<body>.+?)[，,]?(?:那么|则)(?P<head>.+?)[。.]?\s*$"),
)
_AND = re.compile(r"\s+and\s+|\s+et\s+(?:que\s+)?|\s*(?:并且|而且|且)\s*", re.IGNORECASE)
_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """When every sentence of `body` holds, `head` holds. `text` is how the expert wrote it."""

    body: tuple[str, ...]
    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One inference: from `premises` by `rule` to `conclusion`."""

    premises: tuple[str, ...]
    rule: Rule
    conclusion: str


def read_facts(text: str) -> tuple[str, ...]:
    """One fact per line, each once, without the full stop at its end. Raises `InvalidInput` for a fact with a hole."""
    facts = tuple(dict.fromkeys(tidy(line) for line in text.splitlines() if tidy(line)))
    for fact in facts:
        if _HOLE.search(fact):
            raise InvalidInput(f"the fact {fact!r} has a variable", hint="variables belong into rules")
    return facts


def read_rules(text: str) -> tuple[Rule, ...]:
    """One rule per line. Raises `InvalidInput` with the line that is none."""
    return tuple(read_rule(line) for line in text.splitlines() if line.strip())


def read_rule(line: str) -> Rule:
    """A rule from a sentence; raises `InvalidInput`."""
    match = next((found for pattern in _RULES if (found := pattern.match(line))), None)
    if match is None:
        raise InvalidInput(f"{line.strip()!r} is no rule", hint="write: if A and B then C")
    body = tuple(tidy(part) for part in _AND.split(match["body"]) if tidy(part))
    head = tidy(match["head"])
    unbound = set(_HOLE.findall(head)) - {hole for part in body for hole in _HOLE.findall(part)}
    if not body or not head or unbound:
        named = f"{{{sorted(unbound)[0]}}}" if unbound else ""
        message = f"{line.strip()!r} cannot be used: nothing says what {named} is"
        raise InvalidInput(message if named else f"{line.strip()!r} cannot be used", hint="write: if A and B then C")
    return Rule(body, head, line.strip())


def tidy(sentence: str) -> str:
    """A sentence as it is compared: single spaces, no full stop at its end."""
    return " ".join(sentence.split()).rstrip(".。;；").strip()


def closure(facts: Iterable[str], rules: Sequence[Rule]) -> dict[str, Step]:
    """Everything that follows, in order of derivation, each with the step that first gave it. At most `MOST`."""
    known = {folded(fact): fact for fact in facts}
    steps: dict[str, Step] = {}
    grown = True
    while grown and len(steps) < MOST:
        grown = False
        for rule in rules:
            for premises, values in list(_matches(rule.body, tuple(known.values()), {}, ())):
                conclusion = _filled(rule.head, values)
                if len(conclusion) <= LONGEST and folded(conclusion) not in known:
                    known[folded(conclusion)] = conclusion
                    steps[conclusion] = Step(premises, rule, conclusion)
                    grown = True
    return steps


def follows(facts: Iterable[str], rules: Sequence[Rule], sentence: str) -> bool:
    """Whether a sentence is a fact or can be derived."""
    given = list(facts)
    wanted = folded(sentence)
    return any(folded(fact) == wanted for fact in given) or any(folded(one) == wanted for one in closure(given, rules))


def minimal_premises(facts: Sequence[str], rules: Sequence[Rule], conclusion: str) -> tuple[str, ...]:
    """Facts that are enough for the conclusion and none of which can be left out, in their order."""
    steps = closure(facts, rules)
    needed = _leaves(conclusion, steps)
    kept = [fact for fact in facts if fact in needed]
    for fact in list(kept):
        rest = [one for one in kept if one != fact]
        if follows(rest, rules, conclusion):
            kept = rest
    return tuple(kept)


def proof(facts: Sequence[str], rules: Sequence[Rule], conclusion: str) -> tuple[Step, ...]:
    """The steps that lead from facts to a conclusion, each before it is used; empty when it does not follow."""
    steps = closure(facts, rules)
    ordered: dict[str, Step] = {}

    def visit(sentence: str) -> None:
        step = steps.get(sentence)
        if step is None or sentence in ordered:
            return
        for premise in step.premises:
            visit(premise)
        ordered[sentence] = step

    visit(conclusion)
    return tuple(ordered.values())


def checked(
    facts: Sequence[str], rules: Sequence[Rule], lines: Sequence[str], say: Callable[[Sequence[str], str], str]
) -> tuple[tuple[str, ...], str | None]:
    """What lines of reasoning conclude, up to the first that does not follow by one rule; that line, or None.

    `say` words an inference from reasons (in the order in which the rule names them) to a conclusion; a line holds when
    some inference from the facts and the conclusions before it is worded so.
    """
    known = list(facts)
    concluded: list[str] = []
    for line in lines:
        wanted = folded(line)
        made = next((one for used, one in _steps(known, rules) if folded(say(used, one)) == wanted), None)
        if made is None:
            return tuple(concluded), line
        concluded.append(made)
        known.append(made)
    return tuple(concluded), None


def _steps(known: Sequence[str], rules: Sequence[Rule]) -> Iterator[tuple[tuple[str, ...], str]]:
    for rule in rules:
        for used, values in _matches(rule.body, tuple(known), {}, ()):
            yield used, _filled(rule.head, values)


def _leaves(conclusion: str, steps: Mapping[str, Step]) -> set[str]:
    step = steps.get(conclusion)
    if step is None:
        return {conclusion}
    return {leaf for premise in step.premises for leaf in _leaves(premise, steps)}


def _matches(
    body: Sequence[str], known: Sequence[str], values: Mapping[str, str], used: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Mapping[str, str]]]:
    """Every way to make all sentences of a body true: the facts used, and what the variables stand for."""
    if not body:
        yield used, values
        return
    pattern = _pattern(_filled(body[0], values))
    for fact in known:
        found = pattern.fullmatch(fact)
        if found:
            yield from _matches(body[1:], known, {**values, **found.groupdict()}, (*used, fact))


def _pattern(sentence: str) -> re.Pattern[str]:
    seen: set[str] = set()
    text = ""
    at = 0
    for hole in _HOLE.finditer(sentence):
        name = hole[1]
        text += re.escape(sentence[at : hole.start()]) + (f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
        seen.add(name)
        at = hole.end()
    return re.compile(text + re.escape(sentence[at:]), re.IGNORECASE)


def _filled(sentence: str, values: Mapping[str, str]) -> str:
    return _HOLE.sub(lambda hole: values.get(hole[1], hole[0]), sentence)


def folded(sentence: str) -> str:
    """A sentence as two are compared: tidied, capitals or not."""
    return tidy(sentence).casefold()
