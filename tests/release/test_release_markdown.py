from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.builders import a_sample
from workbench.model import Tag
from workbench.release.formats.markdown_pages import file_name
from workbench.release.markup import escaped, quoted

HOSTILE = [
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "[a](javascript:alert(1))", "![a](http://x/y.png)",
    "http://example.com www.example.com a@example.com", "# title", "- list", "1. list", "> quote", "```\ncode\n```",
    "    code", "|a|b|\n|-|-|\n|1|2|", "a\n===", "a\n---", "&lt;b&gt; &#60;", "*a* _b_ ~~c~~ `d`", "<!-- x", "]]>",
    "[x]: http://example.com", "\\<b>", "$$x$$", "---\ntitle: x\n---",
]  # fmt: skip
ALLOWED = {"blockquote", "p", "br"}


def rendered(text):
    return MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text)


def tags_in(page):
    return {name.lower() for name in re.findall(r"<\s*/?\s*([A-Za-z!?][\w-]*)", page)}


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_text_becomes_active(text):
    assert tags_in(rendered(quoted(text))) <= ALLOWED


@pytest.mark.parametrize("text", HOSTILE)
def test_the_letters_are_kept(text):
    shown = html.unescape(re.sub(r"<[^>]*>", "", rendered(quoted(text))))
    assert [line.strip() for line in shown.split("\n") if line.strip()] == [
        line.strip() for line in text.split("\n") if line.strip()
    ]


@given(st.text(st.sampled_from("<>!-=+*_`#[]()&;:\\|~$@^/. \t\n1aW\r\u2028"), max_size=30))
def test_no_mixture_of_marks_becomes_active(text):
    assert tags_in(rendered(quoted(text))) <= ALLOWED
    assert tags_in(rendered(f"## {escaped(text)}")) <= {"h2"}


def test_a_page_for_each_domain_with_sources_and_an_index(desk):
    ids = desk.add(a_sample("Is it open?", "On Monday."), a_sample("<b>x</b>", "y"))
    desk.tag(Tag(ids[0], "domain", "health/lab", "ana", note="§ 12"))
    desk.export(desk.freeze(), "markdown")
    pages = desk.folder / "out" / "pages"
    text = (pages / "health--lab.md").read_text()
    assert "> Is it open?" in text
    assert "- Source: calls; licence: CC-BY-4.0 (LICENSE in the archive)" in text
    assert "- domain: health/lab, ana: § 12" in text
    assert "[health/lab](<health--lab.md>): 1" in (pages / "index.md").read_text()
    assert "<b>" not in rendered((pages / "unsorted.md").read_text())


def test_a_page_for_each_sample(desk):
    ids = desk.add(a_sample("one", "1"), a_sample("two", "2"))
    desk.export(desk.freeze(), "markdown", pages="sample")
    names = {path.name for path in (desk.folder / "out" / "pages").iterdir()}
    assert names == {"index.md", *(f"{sample}.md" for sample in ids)}


@given(
    st.lists(st.text(st.sampled_from("aA/.-\\ \0:é金"), min_size=1, max_size=8), min_size=2, max_size=8, unique=True)
)
def test_topics_never_share_a_file_and_never_leave_the_folder(topics):
    names = [file_name(topic) for topic in topics]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"[\w-]+", name) for name in names)


@pytest.mark.parametrize("topic", ["../../etc/passwd", "CON", "index", "a" * 300, "/", "金融" * 60])
def test_dangerous_topics_get_harmless_names(topic):
    assert re.fullmatch(r"[\w-]{1,120}", file_name(topic))
    assert file_name(topic).casefold() not in {"con", "index", ""}
