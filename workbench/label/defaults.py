"""The schemes every new workspace starts with. Experts change them; old answers keep the version they were given to."""

from __future__ import annotations

from workbench.label.domains import DOMAIN_TREE
from workbench.model import Choice, TagScheme

_NATURALNESS = (
    (
        "1",
        "Not a conversation",
        "Broken or senseless: cut-off text, loops, a person answering themselves. "
        "Example: “I want refund.” – “I want refund. Thank you for choosing refund.”",
    ),
    (
        "2",
        "Clearly artificial",
        "One can follow it, but nobody talks like this: the question repeated word for word, stock phrases in "
        "every turn. Example: “As you have requested information regarding your card, I will now inform you.”",
    ),
    (
        "3",
        "Stiff",
        "Correct and possible, but wooden: too formal for the place, no reaction to what was said before. "
        "Example: a worried parent answered with a list of opening hours.",
    ),
    (
        "4",
        "Natural with a flaw",
        "Reads as two real people; one or two turns are too long, too smooth or slightly off. "
        "Example: every reply begins with “Great question”.",
    ),
    (
        "5",
        "Natural",
        "Could be a transcript: reactions fit, length varies, people hesitate, correct themselves, leave things "
        "unsaid. Example: “Tuesday? Hm, no, that's when I pick up the kids. Later in the week?”",
    ),
)

_CORRECTNESS = (
    ("right", "Right", "Everything said about the subject is true and complete enough to act on.", "r"),
    ("wrong", "Wrong", "At least one statement is false or would lead to a wrong act. Say which one in the note.", "w"),
)

_COMPLIANCE = (
    ("ok", "In order", "No personal data of a real person, nothing unsafe, the licence allows our use.", "o"),
    ("personal data", "Personal data", "Names, numbers or facts by which a real person could be found.", "p"),
    ("unsafe", "Unsafe", "Following it could hurt somebody, or it insults or incites.", "f"),
    ("licence", "Licence", "The source does not allow what we plan to do with it.", "l"),
)

_TIERS = (
    ("raw", "Raw text", "Collected as it is; nobody has worked on it.", ""),
    ("question-answer", "Question and answer", "Written or edited by a person as questions with answers.", ""),
    ("human-ranked", "Ranked by people", "Several answers, put in order by a person.", ""),
    ("machine-ranked", "Ranked by a machine", "Several answers, put in order by a model.", ""),
    ("knowledge", "Knowledge", "Checked by an expert against a source: exact, small, the top of the pyramid.", ""),
)


FLAG = TagScheme(
    name="flag",
    kind="boolean",
    title="Flag",
    guideline="Come back to this one: something about it wants a second look. Each person flags for themselves.",
)
"""Not among the schemes a workspace starts with: it is added with the first flag."""


def default_schemes() -> tuple[TagScheme, ...]:
    """Domain, naturalness, correctness, compliance and tier, as described in docs/glossary.md."""
    return (
        TagScheme(
            name="domain",
            kind="hierarchical",
            title="Domain",
            guideline="Which field would an expert who has to judge this conversation come from? Choose the most "
            "precise branch that is surely right; choose the parent when two branches fit equally.",
            choices=DOMAIN_TREE,
            suggestion="prefill",
        ),
        TagScheme(
            name="naturalness",
            kind="ordinal",
            title="Naturalness",
            guideline="Read it aloud in your head. Would two real people in this situation talk like this? Judge how "
            "it is said, not whether it is true. Decide before you look at anybody else's answer.",
            choices=tuple(Choice(value, label, text, key=value) for value, label, text in _NATURALNESS),
            suggestion="after_answer",
            on="both",
        ),
        _nominal(
            "correctness",
            "Correctness",
            "Is what is said about the subject right? Only sign what you would sign with your name; write the "
            "source (document, rule, page) in the note.",
            _CORRECTNESS,
            on="both",
        ),
        _nominal(
            "compliance", "Compliance", "May this be used and passed on? Choose what speaks against it.", _COMPLIANCE
        ),
        _nominal("tier", "Tier", "The level of the data pyramid: how much human judgement is in it.", _TIERS),
    )


def _nominal(
    name: str, title: str, guideline: str, choices: tuple[tuple[str, str, str, str], ...], *, on: str = "sample"
) -> TagScheme:
    return TagScheme(
        name=name,
        kind="nominal",
        title=title,
        guideline=guideline,
        choices=tuple(Choice(value, label, text, key=key) for value, label, text, key in choices),
        on=on,  # type: ignore[arg-type]
    )
