"""Which models an endpoint lists: tells a wrong address, key or name without asking a question that costs money."""

from __future__ import annotations

import json
from contextlib import aclosing, suppress
from typing import Any

from workbench.errors import ModelError
from workbench.llm.hooks import bytes_of

LARGEST_LIST = 2_000_000
"""Bytes of a list that are read at most; gateways list thousands of models."""

NO_LIST = {404, 405, 501}
"""Statuses of an endpoint that has no such list, or none at this address."""


async def listed_names(client: Any, headers: dict[str, Any]) -> list[str]:
    """The names, in the endpoint's order. Raises `ModelError` for an answer that is no such list."""
    response = await client.get("/models", cast_to=object, options={"headers": headers})
    body = bytearray()
    try:
        async with aclosing(bytes_of(response)) as parts:
            async for data in parts:
                body += data
                if len(body) > LARGEST_LIST:
                    raise ModelError("the endpoint's list of models is too large")
    finally:
        await response.close()
    with suppress(ValueError, RecursionError, TypeError, KeyError):
        return [str(one["id"]) for one in json.loads(bytes(body))["data"]]
    raise ModelError("the endpoint's list of models cannot be read", hint="is this the address of an API?")
