"""Chinese names: a surname with a given name after an introduction, or a surname before a title.

Only surnames that are rarely anything else are trusted before a title ("向医生咨询" is no Doctor Xiang).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

import regex

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙朱胡郭林罗郑梁谢宋唐许邓韩冯曹彭肖董潘袁蔡蒋杜吕丁沈姚卢傅崔谭廖汪"
    "范贾邹熊秦邱尹薛阎侯陶黎顾郝龚邵魏苏"
)
_SURNAME = f"[{_SURNAMES}]"
_TITLES = "先生|女士|小姐|太太|老师|医生|大夫|经理|律师|师傅|阿姨|叔叔|教授|主任|护士|同学|警官|法官"
_INTRODUCED = regex.compile(
    r"(?:我是|叫做?|姓名[:：是]?|联系人[:：是]?|收件人[:：是]?|户名[:：是]?"
    r"|(?<![^\s，。])(?=\p{Han}{2,3}[，, ]?(?:身份证|手机|电话|账号|\d{6})))"
    rf"({_SURNAME}(?!{_TITLES}|总)\p{{Han}}{{1,2}}?)"
    r"(?=的?[，。,.！!？?；;、\s（(]|$)"
)
_TITLED = regex.compile(rf"({_SURNAME})(?={_TITLES})")
_SAID = regex.compile(rf"我姓({_SURNAME})(?!名)")
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚玲桂丹萍鹏华红玉兰飞梅鑫波斌莉宇浩凯秀娟英健俊帆雪琳晨阳楠博文思雨佳欣怡然"
)


def find_chinese(texts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Introduced full names wherever they stand again, and surnames before titles."""
    full = {match.group(1) for text in texts for match in _INTRODUCED.finditer(text)}
    for number, text in enumerate(texts):
        for name in full:
            for match in regex.finditer(regex.escape(name), text):
                yield number, *match.span()
        for pattern in (_TITLED, _SAID):
            for match in pattern.finditer(text):
                yield number, *match.span(1)


def invent_chinese(surfaces: Sequence[str], rng: random.Random) -> Mapping[str, str]:
    """Another surname for each surname, kept by everybody who bore it, and other given names of the same length."""
    old = list(dict.fromkeys(surface[0] for surface in surfaces))
    free = [surname for surname in _SURNAMES if surname not in old]
    surnames = dict(zip(old, rng.sample(free, len(old)), strict=True))
    invented: dict[str, str] = {}
    for surface in surfaces:
        given = "".join(rng.choice([letter for letter in _GIVEN if letter not in surface]) for _ in surface[1:])
        invented[surface] = surnames[surface[0]] + given
    return invented
