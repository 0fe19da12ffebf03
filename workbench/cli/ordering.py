"""Verbs that put candidates of one request in order, and say what the orders so far tell."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from workbench.cli.verb import Verb, one_line, tell
from workbench.errors import InvalidInput
from workbench.text import amount

if TYPE_CHECKING:
    from workbench.workspace import Workspace


def _candidates(ws: Workspace, arguments: Namespace) -> None:
    found = ws.candidates(arguments.draft)
    for draft in found.drafts:
        place = "-" if draft.rank is None else str(draft.rank)
        own = found.own(draft)
        tell(arguments, draft, [f"{draft.id}  {place:>2}  {one_line(own[-1].content) if own else ''}"])


def _rank_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("places", nargs="+", metavar="DRAFT=PLACE", help="from 1; equal places are ties; - is no place")
    parser.add_argument(
        "--decide", action="store_true", help="accept those on the best place, reject the others as not preferred"
    )


def _rank(ws: Workspace, arguments: Namespace) -> None:
    ranks = dict(_place(text) for text in arguments.places)
    if not arguments.decide:
        ws.rank(ranks)
        tell(arguments, {"ranks": ranks}, [f"{len(ranks)} put in order"])
        return
    ids = [sample.id for sample in ws.prefer(ranks)]
    tell(arguments, {"samples": ids}, [f"{len(ids)} accepted, {len(ranks) - len(ids)} not preferred", *ids])


def _place(text: str) -> tuple[str, int | None]:
    draft, equals, place = text.rpartition("=")
    if not equals or not (place == "-" or place.isdecimal()):
        raise InvalidInput(f"{text!r} is not DRAFT=PLACE", hint="for example d_1=1 d_2=2 d_3=2")
    return draft, None if place == "-" else int(place)


def _orders(ws: Workspace, arguments: Namespace) -> None:
    found = ws.orders()
    lines = [f"requests put in order: {found.requests}"]
    for agreed in found.domains:
        range_ = "" if agreed.low is None else f" ({agreed.low:.2f} to {agreed.high:.2f})"
        refused = found.refused(agreed.domain)
        lines.append(
            f"{agreed.domain or 'no domain':<16} tau {agreed.tau:.2f}{range_} over {amount(agreed.requests, 'request')}"
            + (": no machine order is exported" if refused else "")
        )
    lines += [f"{who:<32} {score:+.2f}" for who, score in sorted(found.strengths.items(), key=lambda one: -one[1])]
    tell(arguments, found, lines)


VERBS = (
    Verb("candidates", "list the candidates of one request, shuffled", _candidates,
         lambda parser: parser.add_argument("draft", help="one of them")),
    Verb("rank", "put candidates of one request in order", _rank, _rank_arguments),
    Verb("orders", "how far machines' orders agree with people's, and who writes best", _orders),
)  # fmt: skip
