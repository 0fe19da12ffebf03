from __future__ import annotations

import pytest

from workbench.errors import InvalidInput
from workbench.llm.address import check_base_url, check_peer


@pytest.mark.parametrize("url", ["https://api.openai.com/v1", "http://127.0.0.1:8000/v1", "http://localhost:11434/v1"])
def test_usual_addresses_are_allowed(url):
    assert check_base_url(url + "/").url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.com/v1",
        "http://10.0.0.4/v1",
        "https://10.0.0.4/v1",
        "https://169.254.169.254/latest",
        "https://[fd00:ec2::254]/",
        "https://[::ffff:169.254.169.254]/",
        "https://user:secret@example.com/v1",
        "https://example.com/v1?key=x",
        "ftp://example.com",
        "file:///etc/passwd",
        "example.com/v1",
        "https://0.0.0.0/v1",
        "https://example.com:99999/v1",
        "https://[::1/v1",
    ],
)
def test_other_addresses_are_refused(url):
    with pytest.raises(InvalidInput):
        check_base_url(url)


@pytest.mark.parametrize("url", ["http://10.0.0.4/v1", "http://gpu-server:8000/v1", "https://192.168.1.7/v1"])
def test_private_networks_are_allowed_when_the_settings_say_so(url):
    assert check_base_url(url, local=True).url == url


def test_metadata_services_stay_refused_even_then():
    with pytest.raises(InvalidInput):
        check_base_url("http://169.254.169.254/v1", local=True)


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1"])
def test_a_public_name_must_not_lead_into_this_network(peer):
    with pytest.raises(InvalidInput):
        check_peer(check_base_url("https://api.example.com/v1"), peer)


def test_localhost_must_not_lead_elsewhere():
    with pytest.raises(InvalidInput):
        check_peer(check_base_url("http://localhost:1/v1"), "203.0.113.4")
