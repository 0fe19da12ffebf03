"""What a sentence does: greets, asks, thanks ... told by its words and marks, in English, French and Chinese."""

from __future__ import annotations

import regex

from workbench.generate.wording import greets

ACTS = ("greet", "bye", "thank", "sorry", "request", "ask", "agree", "refuse", "inform")

_SENTENCE_END = regex.compile(r"(?<=[.!?…])[\"”»’')）]*\s+|(?<=[。！？])[”」）]*|\n+")
_THANK = regex.compile(r"(?i)\bthank|\bcheers\b|\bmerci\b|谢")
_SORRY = regex.compile(
    r"(?i)\bsorry\b|\bapologi[sz]e|\bdésolée?s?\b|\bexcuse[sz]?\b|\bregrette\b|\bpardon\b|抱歉|对不起|不好意思"
)
_BYE = regex.compile(
    r"(?i)\b(?:good ?bye|bye|see you|have a (?:good|nice|great|lovely))\b"
    r"|\b(?:au revoir|à bientôt|bonne (?:journée|soirée|continuation|fin))\b|再见|拜拜"
)
_PLEASE = regex.compile(r"(?i)\bplease\b|s['’]il (?:vous|te) pla[iî]t|\bveuillez\b|^(?:请(?!问)|麻烦|劳驾)")
_POLITE = regex.compile(
    r"(?i)^(?:could|can|would|will) you\b|\b(?:pouvez|pourriez|peux|pourrais)-(?:vous|tu)\b|能不能帮|可以帮|能帮"
)
_QUESTION = regex.compile(
    r"[?？]\W*$|[吗呢]\W*$"
    r"|(?i:^(?:what|how|when|where|why|who|which|is there|do you|does|did|are you)\b)"
    r"|(?i:^(?:est-ce|qu['’]est-ce|comment|combien|pourquoi|quand)\b)|什么|怎么|怎样|多少|有没有|是不是|会不会|知不知道"
)
_AGREE = regex.compile(
    r"(?i)^(?:yes|yeah|yep|ok|okay|sure|of course|right|exactly|all right|agreed)\b"
    r"|^(?:oui|ouais|d['’]accord|bien sûr|entendu|exactement|parfait)\b"
    r"|^(?:好(?!像)|是的|对(?!不起|于)|行|可以|嗯|没问题)"
)
_REFUSE = regex.compile(r"(?i)^(?:no|nope|not)\b|^(?:non|pas)\b|^(?:不|没有?(?!问题))")


def sentences(text: str) -> list[str]:
    """The sentences of a text, without the space around them."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part and part.strip()]


def act_of(sentence: str) -> str:
    """One of `ACTS`."""
    if _QUESTION.search(sentence):
        return "request" if _POLITE.search(sentence) else "ask"
    for act, pattern in (("thank", _THANK), ("sorry", _SORRY), ("bye", _BYE)):
        if pattern.search(sentence):
            return act
    if greets(sentence):
        return "greet"
    for act, pattern in (("request", _PLEASE), ("agree", _AGREE), ("refuse", _REFUSE)):
        if pattern.search(sentence):
            return act
    return "inform"
