"""The test of a model says exactly what failed, and what to do about it."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.llm.endpoint import KEY, Endpoint, able, endpoint, well
from tests.llm.faults import hang, html, redirect
from workbench.errors import InvalidInput, ModelError
from workbench.workspace import open_workspace


@pytest.fixture
def ws(tmp_path, monkeypatch):
    monkeypatch.setenv("TEST_MODEL_KEY", KEY)
    with open_workspace(tmp_path / "w") as workspace:
        yield workspace


def connect(ws, url, **more):
    ws.set_model({"base_url": url, "model": "m", "key_variable": "TEST_MODEL_KEY", **more})


def refuses(status, message="", code=None):
    return lambda handler, _: handler.send_json({"error": {"message": message, "code": code}}, status=status)


def echoes(handler, _):
    handler.send_json({"error": {"message": f"Incorrect key {handler.headers['Authorization']}"}}, status=401)


FAILURES = {
    "wrong key": (echoes, "does not accept the key", "key of this endpoint"),
    "forbidden": (refuses(403), "forbids this", "ask its owner"),
    "wrong path": (refuses(404), "no chat interface at this address", "/v1"),
    "wrong method": (refuses(405), "no chat interface at this address", "/v1"),
    "unknown model": (refuses(404, "no", "model_not_found"), "does not know the model", "as the endpoint lists it"),
    "Ollama": (refuses(404, "model 'm' not found, try pulling it first"), "does not know the model", "lists it"),
    "vLLM": (refuses(404, "The model `m` does not exist."), "does not know the model", "lists it"),
    "Azure": (refuses(404, "The API deployment does not exist.", "DeploymentNotFound"), "know the model", "deployment"),
    "a page": (html, "text/html instead of JSON", "/v1"),
    "no JSON": (lambda handler, _: handler.send(b"{nonsense"), "did not answer with JSON", "base URL"),
    "too late": (hang, "no complete answer within 2 s", "longer deadline"),
    "redirect": (redirect, "redirects to http://127.0.0.2:1/v1/chat/completions", "final address"),
    "busy": (refuses(503), "answered 503", "later"),
}


@pytest.mark.parametrize("name", list(FAILURES))
def test_each_failure_has_its_sentence_and_what_to_do(ws, name):
    behave, says, hint = FAILURES[name]
    with endpoint(behave) as server:
        connect(ws, server.url, **({"deadline": 2} if behave is hang else {}))
        with pytest.raises(ModelError, match=says) as caught:
            ws.try_model()
    assert hint in caught.value.hint
    assert KEY not in str(caught.value) + caught.value.raw + repr(caught.value)


def test_a_redirect_is_told_without_what_may_be_secret_in_it(ws):
    target = "https://me:word-7d41@login.example/in?token=token-7d41"
    with endpoint(lambda handler, _: handler.send(b"", status=302, Location=target)) as server:
        connect(ws, server.url)
        with pytest.raises(ModelError, match=r"redirects to https://login\.example/in;") as caught:
            ws.try_model()
    assert "7d41" not in str(caught.value)


def test_an_endpoint_that_wants_a_key_when_none_is_named(ws):
    with endpoint(refuses(401)) as server:
        connect(ws, server.url, key_variable="")
        with pytest.raises(ModelError, match="wants a key, and the settings name none"):
            ws.try_model()


def test_a_variable_without_a_key(ws, monkeypatch):
    monkeypatch.delenv("TEST_MODEL_KEY")
    with endpoint(well) as server:
        connect(ws, server.url)
        with pytest.raises(ModelError, match="TEST_MODEL_KEY holds no key"):
            ws.try_model()
    assert server.requests == []


def test_nobody_there(ws):
    with endpoint(well) as server:
        url = server.url
    connect(ws, url)
    with pytest.raises(ModelError, match="nothing answers"):
        ws.try_model()


def test_no_such_host(ws, monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    connect(ws, "https://nowhere.invalid/v1")
    with pytest.raises(ModelError, match=r"no machine of the name nowhere\.invalid"):
        ws.try_model()


def test_http_where_https_was_asked_for(ws):
    with endpoint(well) as server:
        connect(ws, server.url.replace("http:", "https:"))
        with pytest.raises(ModelError, match="no secure connection") as caught:
            ws.try_model()
    assert "http://" in caught.value.hint
    assert not caught.value.maybe_charged


def test_a_certificate_nobody_vouches_for_and_one_the_organisation_does(ws, tmp_path, monkeypatch):
    both, public = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    with endpoint(able) as server:
        secure(server, context)
        connect(ws, server.url.replace("http:", "https:"))
        with pytest.raises(ModelError, match=r"certificate of 127\.0\.0\.1 is not trusted") as caught:
            ws.try_model()
        assert "SSL_CERT_FILE" in caught.value.hint
        monkeypatch.setenv("SSL_CERT_FILE", str(public))
        assert ws.try_model().text == "It opens on Monday."
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "gone.pem"))
    with pytest.raises(InvalidInput, match="SSL_CERT_FILE"):
        ws.try_model()


def secure(server: Endpoint, context: ssl.SSLContext) -> None:
    """From here on it speaks https; the handshake happens in the thread of the connection."""
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)


def certificate(folder):
    """A certificate that signs itself, made for this test: with its private key in one file, alone in another."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    day = dt.timedelta(days=1)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - day, now + day)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    both, public = folder / "both.pem", folder / "public.pem"
    both.write_bytes(private + signed)
    public.write_bytes(signed)
    return both, public
