"""The same change elsewhere, from the command line: what an edit comes to as rules, where they fit, and doing it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from workbench.cli.verb import DONE, FAILED, Verb, attend, one_line, say, say_json, tell
from workbench.errors import InvalidInput
from workbench.records import to_record
from workbench.text import amount, word_diff

if TYPE_CHECKING:
    from workbench.clean import Rule
    from workbench.flows.fits import ShownFit
    from workbench.workspace import Workspace

MOST_SHOWN = 50


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("edited", nargs="?", help="a draft accepted in other words, or a sample that was edited")
    parser.add_argument("--rule", metavar="C.R", help="rule R of correction C, as they are listed without it")
    parser.add_argument("--find", help="a rule of your own: what to find ({number}, {name}, {word} stand for any)")
    parser.add_argument("--by", default="", help="what to put there; nothing leaves it out")
    parser.add_argument("--at", choices=("start", "end", "whole"), default="", help="only there in a turn")
    parser.add_argument("--role", action="append", default=[], help="only in turns of this role")
    parser.add_argument("--run", help="only in drafts of this run (with an edit: of its run)")
    parser.add_argument("--all", action="store_true", help="in all undecided drafts")
    parser.add_argument("--samples", action="store_true", help="also in samples that were accepted from there")
    parser.add_argument("--apply", action="store_true", help="make the change, as one step that undo takes back")
    parser.add_argument("--without", nargs="+", default=[], metavar="ID", help="but not in these")


def _repeat(ws: Workspace, arguments: Namespace) -> int:
    if arguments.find is None and arguments.rule is None:
        return _listed(ws, arguments)
    run = None if arguments.all else arguments.run or _run_of(ws, arguments)
    fits = attend(ws.fits(_rule(ws, arguments), run, samples=arguments.samples))
    if arguments.apply:
        done = attend(ws.repeat(fits, without=arguments.without))
        left = f", {len(done.conflicts)} left alone: decided or changed meanwhile" if done.conflicts else ""
        tell(arguments, done, [f"{amount(done.drafts, 'draft')} and {amount(done.samples, 'sample')} changed{left}"])
        return FAILED if done.conflicts else DONE
    for one in ws.shown_fits(fits, 0, MOST_SHOWN):
        _shown(arguments, one)
    if not arguments.json:
        say(f"fits {len(fits.found) + fits.beyond} of {fits.read} read; --apply makes the change")
    return DONE


def _listed(ws: Workspace, arguments: Namespace) -> int:
    from workbench.clean import in_words

    offered = attend(ws.offers(_edited(arguments)))
    for number, offer in enumerate(offered.corrections, start=1):
        for place, rule in enumerate(offer.correction.rules, start=1):
            best = rule is offer.correction.rule
            fits = f"  fits {amount(offer.fits, 'draft')}" if best else ""
            about: dict[str, Any] = {"rule": f"{number}.{place}", "says": in_words(rule), **to_record(rule)}
            told = {**about, **({"fits": offer.fits} if best else {})}
            tell(arguments, told, [f"{number}.{place}  {in_words(rule)}{fits}"])
    if not offered.corrections:
        tell(arguments, {"rules": 0}, ["nothing was corrected there that could be looked for elsewhere"])
    return DONE


def _rule(ws: Workspace, arguments: Namespace) -> Rule:
    from workbench.clean import Rule

    if arguments.find is not None:
        return Rule(arguments.find, arguments.by, whole_words=True, match_case=True, roles=tuple(arguments.role),
                    slots=True, at=arguments.at, once=True)  # fmt: skip
    found = ws.rules_from(_edited(arguments))
    try:
        correction, place = (int(number) - 1 for number in arguments.rule.split("."))
        if correction < 0 or place < 0:
            raise IndexError
        return found[correction].rules[place]
    except (ValueError, IndexError) as exc:
        raise InvalidInput(f"there is no rule {arguments.rule}", hint="list them without --rule") from exc


def _edited(arguments: Namespace) -> str:
    if arguments.edited is None:
        raise InvalidInput("no edit is named", hint="name a draft or a sample, or write a rule with --find")
    return str(arguments.edited)


def _run_of(ws: Workspace, arguments: Namespace) -> str | None:
    return (ws.run_of(arguments.edited) or None) if arguments.edited else None


def _shown(arguments: Namespace, one: ShownFit) -> None:
    if arguments.json:
        turns = {turn.id: turn.content for turn in one.turns if turn.id in {hit.turn for hit in one.hits}}
        say_json({"id": one.fit.id, "kind": one.fit.kind, "worse": to_record(one.fit.worse), "turns": turns})
        return
    say(f"{one.fit.id}  {', '.join(f'then: {found.message}' for found in one.fit.worse)}".rstrip())
    for old, new in zip(one.now.turns, one.turns, strict=True):
        if old.content != new.content:
            say(f"    {old.role}: {one_line(_marked(old.content, new.content))}")


def _marked(old: str, new: str) -> str:
    """A word diff in plain characters: ``[-out-]`` and ``{+in+}``."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[part.kind].format(part.text) for part in word_diff(old, new))


VERBS = (Verb("repeat", "make the change of an edit where else it fits", _repeat, _arguments),)
