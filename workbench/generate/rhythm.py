"""What people say when somebody pauses, asks again or interrupts: set phrases, in both forms of address."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from workbench.text import tokens

LANGUAGES = ("en", "fr", "zh")
_PHRASES = {
    "en": {
        "user": ("Mm-hm.", "OK.", "Right.", "I see."),
        "assistant": ("Mm-hm.", "I see.", "Right, go on.", "OK."),
        "ask": ("Sorry, could you say that again?", "I'm not sure I got that. Could you repeat it?"),
        "again": ("Of course. ", "Sure. "),
        "stop": ("Sorry, one moment.", "Wait, just a second.", "Hold on a second, please."),
        "stopped": ("OK, go on.", "Right, I'm back.", "Sorry about that. Go on."),
        "resume": ("As I was saying... ", "Where was I? Right. "),
        "wait": ("Of course.", "No problem."),
    },
    "fr": {
        "user": ("Mm.", "D'accord.", "Oui.", "Je vois."),
        "assistant": ("Mm.", "Je vois.", "Oui, je t'écoute.", "D'accord."),
        "ask": ("Pardon, je n'ai pas bien compris. Tu peux répéter ?",),
        "again": ("Bien sûr. ", "Oui, je répète. "),
        "stop": ("Pardon, un instant.", "Attendez, une seconde.", "Une petite seconde."),
        "stopped": ("Voilà, je vous écoute.", "C'est bon, je suis là."),
        "resume": ("Je reprends. ", "Où en étais-je… Oui. "),
        "wait": ("Bien sûr.", "Pas de souci."),
    },
    "zh": {
        "user": ("嗯。", "嗯嗯。", "好的。", "哦。"),
        "assistant": ("嗯，您接着说。", "好的，您继续。", "嗯。"),
        "ask": ("不好意思，我没太明白，您能再说一遍吗？", "抱歉，刚才没看清，麻烦您再说一遍？"),
        "again": ("好，我再说一遍：", "我是说，"),
        "stop": ("不好意思，等一下。", "稍等，我这边有点事。", "等我一下。"),
        "stopped": ("好了，您接着说。", "我回来了，您继续。"),
        "resume": ("我接着说：", "刚才说到："),
        "wait": ("没关系。", "好的，不急。"),
    },
}
# Forms for whoever is on first-name terms or not: a text that says "vous" is never answered with "tu".
_POLITE = {
    "Oui, je t'écoute.": "Oui, je vous écoute.",
    "Pardon, je n'ai pas bien compris. Tu peux répéter ?": "Pardon, je n'ai pas bien compris. Vous pouvez répéter ?",
}
_FAMILIAR = {
    "Attendez, une seconde.": "Attends, une seconde.",
    "Voilà, je vous écoute.": "Voilà, je t'écoute.",
    "不好意思，我没太明白，您能再说一遍吗？": "不好意思，我没太明白，你能再说一遍吗？",
    "抱歉，刚才没看清，麻烦您再说一遍？": "抱歉，刚才没看清，麻烦你再说一遍？",
    "嗯，您接着说。": "嗯，你接着说。",
    "好的，您继续。": "好的，你继续。",
    "好了，您接着说。": "好了，你接着说。",
    "我回来了，您继续。": "我回来了，你继续。",
}
_FAMILIAR_ADDRESS = regex.compile(r"(?i)\b(?:tu|toi|ton|ta|tes|t['’]\p{L}+)\b|你(?!们)")
_TAKES_UP = regex.compile(
    r"(?i)^(?:oh|ah|ok|okay|great|perfect|wow|sure|fine|hi|hello|hey|bonjour|salut|d['’]accord|parfait|super)\b"
    r"|\bthank|\bthx\b|\bbye\b|\bmerci\b|\bau revoir\b|谢|再见|拜拜"
    r"|^(?:ok|[好行嗯哦哇您你]好?[的吧啊呀嘞]?[，,。！!]|收到)"
)
_BACK_CHANNELS = {
    tokens_key
    for words in _PHRASES.values()
    for role in ("user", "assistant")
    for phrase in words[role]
    for tokens_key in [" ".join(tokens(phrase))]
}


@dataclass(frozen=True, slots=True)
class Phrases:
    """The set phrases of a language, for people who are on first-name terms or not."""

    language: str
    familiar: bool

    @classmethod
    def of(cls, language: str, text: str) -> Phrases:
        """The phrases that fit how the people of a text address each other."""
        return cls(language, bool(_FAMILIAR_ADDRESS.search(text)))

    def pick(self, kind: str, rng: random.Random) -> str:
        """A set phrase of that kind."""
        phrase = rng.choice(_PHRASES[self.language][kind])
        return (_FAMILIAR if self.familiar else _POLITE).get(phrase, phrase)


def takes_up(text: str) -> bool:
    """Whether a text only takes up what was said (thanks, greets, agrees): nobody has that said again."""
    return _TAKES_UP.search(text) is not None


def is_back_channel(text: str) -> bool:
    """Whether a text is one of the sounds of listening."""
    return " ".join(tokens(text)) in _BACK_CHANNELS


def words_of_phrases() -> Iterator[str]:
    """Every word that stands in a set phrase."""
    for words in _PHRASES.values():
        for phrases in words.values():
            for phrase in phrases:
                yield from tokens(f"{phrase} {_POLITE.get(phrase, '')} {_FAMILIAR.get(phrase, '')}")
