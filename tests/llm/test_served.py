"""The endpoint of the tests knows what it was asked, also by who asked and died before it read the question."""

from __future__ import annotations

import socket
import time

from tests.llm.endpoint import Handler, endpoint, well

ASKED = b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"


def test_what_was_sent_by_who_is_gone_is_counted(monkeypatch):
    read = Handler.do_POST
    monkeypatch.setattr(Handler, "do_POST", lambda handler: (time.sleep(0.1), read(handler)))
    with endpoint(well) as server:
        for _ in range(20):
            with socket.create_connection(server.server_address[:2]) as gone:
                gone.sendall(ASKED)
        server.served()
        assert len(server.requests) == 20
