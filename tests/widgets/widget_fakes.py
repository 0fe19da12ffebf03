"""A comm that records what a widget sends, in place of a kernel's."""

from __future__ import annotations

from typing import Any

from comm.base_comm import BaseComm


class RecordingComm(BaseComm):
    """Keeps every message, by comm id."""

    sent: list[dict[str, Any]] = []  # noqa: RUF012 - shared by design: one list per test, emptied by the fixture

    def publish_msg(
        self, msg_type: str, data: Any = None, metadata: Any = None, buffers: Any = None, **keys: Any
    ) -> None:
        self.sent.append({"type": msg_type, "comm": self.comm_id, "data": data})


def customs(widget: Any) -> list[dict[str, Any]]:
    """The custom messages a widget sent."""
    mine = [
        item["data"] for item in RecordingComm.sent if item["comm"] == widget.model_id and item["type"] == "comm_msg"
    ]
    return [data["content"] for data in mine if data["method"] == "custom"]


def say(widget: Any, message: Any) -> dict[str, Any]:
    """Deliver one message of the page and return the one answer to it."""
    before = len(customs(widget))
    widget._handle_msg(
        {"content": {"comm_id": widget.model_id, "data": {"method": "custom", "content": message}}, "buffers": []}
    )
    (answer,) = customs(widget)[before:]
    return answer
