"""What people and machines get wrong when they type or transcribe: word lists of `noise`, per language.

Key neighbours: QWERTY, for French AZERTY. Confusions are the common ones of each language's writers; pairs sound alike
or are one key or one candidate of a pinyin input method apart.
"""

from __future__ import annotations

_QWERTY = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_AZERTY = ("azertyuiop", "qsdfghjklm", "wxcvbn")


def _neighbours(rows: tuple[str, ...]) -> dict[str, str]:
    near: dict[str, str] = {}
    for depth, row in enumerate(rows):
        for place, letter in enumerate(row):
            around = [row[place - 1] if place else "", row[place + 1] if place + 1 < len(row) else ""]
            if depth + 1 < len(rows):
                around += list(rows[depth + 1][max(0, place - 1) : place + 1])
            if depth:
                around += list(rows[depth - 1][place : place + 2])
            near[letter] = "".join(around)
    return near


NEIGHBOURS = {"en": _neighbours(_QWERTY), "fr": _neighbours(_AZERTY)}

CONFUSED = {
    "en": {
        "their": "there", "there": "their", "they're": "their", "your": "you're", "you're": "your", "its": "it's",
        "it's": "its", "to": "too", "too": "to", "then": "than", "than": "then", "whose": "who's", "who's": "whose",
        "were": "where", "where": "were", "hear": "here", "here": "hear", "weather": "whether", "whether": "weather",
        "buy": "by", "by": "buy", "know": "no", "right": "write", "write": "right", "affect": "effect",
        "effect": "affect", "accept": "except", "loose": "lose", "lose": "loose", "brake": "break", "break": "brake",
    },
    "fr": {
        "à": "a", "a": "à", "et": "est", "est": "et", "ou": "où", "où": "ou", "ces": "ses", "ses": "ces",
        "c'est": "s'est", "s'est": "c'est",
        "son": "sont", "sont": "son", "on": "ont", "ont": "on", "ça": "sa", "sa": "ça", "la": "là",
        "là": "la", "quand": "quant", "sans": "s'en", "peu": "peut", "peut": "peu", "mes": "mais", "mais": "mes",
        "leur": "leurs", "leurs": "leur", "quel": "quelle", "quelle": "quel", "tout": "tous", "tous": "tout",
    },
    "zh": {
        "在": "再", "再": "在", "的": "得", "得": "的", "地": "的", "做": "作", "作": "做", "那": "哪", "哪": "那",
        "他": "她", "她": "他", "它": "他", "吗": "嘛", "嘛": "吗", "坐": "座", "座": "坐", "以": "已", "已": "以",
        "像": "象", "象": "像", "带": "戴", "戴": "带", "帐": "账", "账": "帐", "订": "定", "定": "订", "园": "圆",
        "需": "须", "须": "需", "分": "份", "份": "分", "心": "新", "进": "近", "近": "进", "到": "道", "道": "到",
    },
}  # fmt: skip

FILLERS = {
    "en": ("um", "uh", "er", "like", "you know"),
    "fr": ("euh", "ben", "enfin", "du coup", "bon"),
    "zh": ("嗯", "呃", "那个", "就是", "这个"),
}

EMOJI = ("🙂", "😅", "🙏", "👍", "😊", "🤔", "😬", "❤️")

UNACCENTED = {**str.maketrans("àâäçéèêëîïôöùûüÿ", "aaaceeeeiioouuuy"), ord("œ"): "oe", ord("æ"): "ae"}
