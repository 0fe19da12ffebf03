"""A scripted model that answers whatever a recipe asks in the form it asks for, in the language it asks for.

It knows nothing: what it says is drawn by the request's seed from a few sentences, and what has to be taken from the
material (a quotation, a number, the words of a triple) is taken from the request.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from typing import Any

from workbench.llm import ScriptedModel
from workbench.llm.base import Request

SAID = {
    "English": (
        "I would begin with the part that can still be changed today.",
        "Somebody told me last week that it takes a little longer.",
        "Could you tell me what I have to bring along for that?",
        "Then let us put the papers in order first and look again.",
        "The easiest way is to ask at the desk downstairs before noon.",
        "My neighbour did it differently and was quite happy with it.",
        "You can leave that for tomorrow, nothing is lost by waiting.",
        "Is there anything else that you are not sure about yet?",
        "I wrote everything down so that nobody has to remember it.",
    ),
    "French": (
        "Je commencerais par la partie que l'on peut encore changer.",
        "On m'a dit la semaine dernière que cela prend plus de temps.",
        "Pourriez-vous me dire ce que je dois apporter pour cela ?",
        "Mettons d'abord les papiers en ordre, puis regardons encore.",
        "Le plus simple est de demander au guichet avant la fermeture.",
        "Mon voisin s'y est pris autrement et il en était content.",
        "Cela peut attendre demain, on ne perd rien à patienter.",
        "Y a-t-il autre chose dont vous n'êtes pas encore certain ?",
        "J'ai tout noté pour que personne n'ait à s'en souvenir.",
    ),
    "Chinese": (
        "我想先从今天还能改的那一部分开始做起。",
        "上个星期有人告诉我这件事要多等几天。",
        "请您告诉我到时候需要带什么材料过来？",
        "那我们先把文件整理好，然后再看一遍。",
        "最简单的办法是中午之前去楼下窗口问一问。",
        "我邻居用的是另一种办法，他觉得很满意。",
        "这个可以留到明天，等一等也没有什么损失。",
        "您还有别的什么地方觉得不太清楚吗？",
        "我把所有的事情都写下来了，谁都不用记。",
    ),
    "Spanish": (
        "Yo empezaría por la parte que todavía se puede cambiar hoy.",
        "Alguien me dijo la semana pasada que eso tarda un poco más.",
        "¿Podría decirme qué tengo que llevar conmigo para eso?",
        "Entonces ordenemos primero los papeles y miremos otra vez.",
        "Lo más fácil es preguntar abajo en la ventanilla por la mañana.",
        "Mi vecino lo hizo de otra manera y quedó bastante contento.",
        "Eso puede esperar hasta mañana, no se pierde nada esperando.",
        "¿Hay alguna otra cosa de la que todavía no esté seguro?",
        "Lo apunté todo para que nadie tenga que acordarse de nada.",
    ),
}
_BLOCK = re.compile(r"<<<DATA (\w+)>>>\n(.*?)\n<<<END \1>>>", re.DOTALL)


def plausible(**more: Any) -> ScriptedModel:
    """The model; it counts words as tokens and costs nothing unless told."""
    return ScriptedModel(_answer, **more)


def _answer(request: Request) -> str:
    if request.schema is not None:
        return json.dumps(_SHAPES[request.schema_name](request), ensure_ascii=False)
    system = request.messages[0].content
    for beginning, say in _PLAIN.items():
        if system.startswith(beginning):
            return say(request)
    return _say(request, 2)


def _say(request: Request, sentences: int, salt: object = "") -> str:
    language = next(
        (name for name in SAID if re.search(rf"\bin(?:to)? {name}\b", request.messages[0].content)), "English"
    )
    chosen = random.Random(f"{request.seed}{salt}").sample(SAID[language], sentences)
    return ("" if language == "Chinese" else " ").join(chosen)


def _blocks(request: Request) -> list[str]:
    return [match[2] for match in _BLOCK.finditer(request.messages[-1].content)]


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?。！？])\s*", text.strip(), maxsplit=1)[0][:300]


def _reworded(request: Request) -> str:
    return f"{_say(request, 1)} {_blocks(request)[-1]}"


def _translated(request: Request) -> str:
    values = _blocks(request)[-2].splitlines() if "Keep exactly:" in request.messages[-1].content else []
    return " ".join([_say(request, 2), *values])


def _from_passage(request: Request) -> str:
    return _first_sentence(_blocks(request)[0])


def _question(request: Request) -> dict[str, Any]:
    wanted = (request.schema or {})["properties"]
    if "message" in wanted:
        return {"subtopic": "an ordinary case", "message": _say(request, 2)}
    passages = dict(re.findall(r"^\[(\d+)\] (.*)", _blocks(request)[0], re.MULTILINE))
    number = re.search(r"about passage \[(\d+)\]", request.messages[-1].content)
    assert number
    told = {"question": _say(request, 1), "span": int(number[1])}
    return {**told, "answer": _first_sentence(passages[number[1]])} if "answer" in wanted else told


def _explanation(request: Request) -> dict[str, Any]:
    lines = [line.partition(": ") for line in _blocks(request)[0].splitlines()]
    longest = max((text for role, _, text in lines if role in {"user", "assistant"}), key=len)
    quoted = " ".join(longest.split()[:8])
    claims = [{"claim": _say(request, 1, number), "quote": quoted} for number in range(2)]
    return {"claims": claims} | {name: _say(request, 1, name) for name in ("mistake", "check")}


def _scores(request: Request) -> dict[str, int]:
    drawn = random.Random(request.seed)
    return {name: drawn.randrange(5) for name in (request.schema or {})["properties"]}


def _opinion(request: Request) -> dict[str, Any]:
    scores = [name for name, field in (request.schema or {})["properties"].items() if field["type"] == "integer"]
    return {**dict.fromkeys(scores, 4), "reason": _say(request, 1)}


def _verdict(request: Request) -> dict[str, Any]:
    return {"better": random.Random(request.seed).choice(["1", "2", "same"]), "reason": "The other one says less."}


def _card(request: Request) -> dict[str, str]:
    return {name: field["enum"][0] for name, field in (request.schema or {})["properties"].items()}


def _conversation(request: Request) -> dict[str, list[str]]:
    task = request.messages[-1].content
    words = re.search(r"what happens: (.+)\.\n", task)
    facts = re.search(r"^facts: (.+)$", task, re.MULTILINE)
    number = (request.schema or {})["properties"]["turns"]["minItems"]
    turns = [_say(request, 1 + place % 2, place) for place in range(number)]
    turns[0] += f" {(words or facts or [0, ''])[1]}"
    return {"turns": turns}


def _exercise(request: Request) -> dict[str, str]:
    name = f"times_{(request.seed or 0) % 97 + 2}"
    factor = name.removeprefix("times_")
    return {
        "exercise": _say(request, 2, "exercise"),
        "explanation": _say(request, 2, "explanation"),
        "solution": f'def {name}(number: int) -> int:\n    """So many times it."""\n    return number * {factor}',
        "tests": f"assert {name}(1) == {factor}\nassert {name}(0) == 0\nassert {name}(3) == 3 * {factor}",
    }


def _cards(request: Request) -> dict[str, Any]:
    """A text for each field, no two alike; as many mistakes as are wanted."""
    drawn: dict[str, Any] = {}
    for name, field in (request.schema or {})["properties"].items():
        drawn[name] = [_say(request, 1, name)] * field["minItems"] if "minItems" in field else _say(request, 2, name)
    return drawn


def _facts(request: Request) -> dict[str, Any]:
    number = re.search(r"\[(\d+)\]", request.messages[-1].content)
    facts = [_say(request, 1, place).rstrip(".。?？").strip() for place in range(2)]
    rule = {"if": facts[:1], "then": "it is settled", "span": int(number[1]) if number else 1}
    return {"facts": facts, "rules": [rule]}


_SHAPES: dict[str, Callable[[Request], Any]] = {
    "question": _question,
    "explanation": _explanation,
    "scores": _scores,
    "opinion": _opinion,
    "verdict": _verdict,
    "card": _card,
    "conversation": _conversation,
    "python_exercise": _exercise,
    "cards": _cards,
    "facts": _facts,
}
_PLAIN: dict[str, Callable[[Request], str]] = {
    "You rewrite one turn": _reworded,
    "You translate one turn": _translated,
    "You answer a question from one passage": _from_passage,
}
