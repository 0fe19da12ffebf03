"""What an answer took: the tokens that the endpoint reports, or our estimate, which is shown as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.errors import ModelError
from workbench.llm.base import Request

if TYPE_CHECKING:
    from workbench.llm.wire import Answer


def usage_of(answer: Answer, request: Request) -> tuple[int, int, bool]:
    """Tokens read and written, and whether one of the two is our estimate."""
    estimated = False
    prompt, written = (answer.usage.get(key) for key in ("prompt_tokens", "completion_tokens"))
    if not isinstance(prompt, int) or prompt < 0:
        prompt, estimated = sum(estimated_tokens(message.content) + 4 for message in request.messages), True
    if not isinstance(written, int) or written < 0:
        written, estimated = estimated_tokens(answer.written), True
    return prompt, written, estimated


def as_charged(exc: ModelError, answer: Answer, request: Request) -> ModelError:
    """The error of an answer that broke, with what it took: as the endpoint says, else in doubt once anything came."""
    if exc.maybe_charged or exc.tokens is not None:
        return exc
    if answer.usage:
        prompt, written, exc.estimated = usage_of(answer, request)
        exc.tokens = (prompt, written)
    elif answer.written:
        exc.maybe_charged = True
        exc.hint = exc.hint or "the call may have been charged"
    return exc


def estimated_tokens(text: str) -> int:
    """A rough count where the endpoint reports none: four letters, or one Chinese character, to a token."""
    wide = sum(1 for letter in text if ord(letter) > 0x2E7F)
    return wide + (len(text) - wide + 3) // 4
