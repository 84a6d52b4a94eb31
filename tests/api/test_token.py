"""A service that is open to other machines asks for its token."""

from collections.abc import Iterator
from typing import cast

import pytest
from fastapi.testclient import TestClient
from starlette.types import ASGIApp

from api.app import create_app
from api.serving import config_of
from api.token import COOKIE, session_of
from ingest.library import Library
from tests.api.reading import problem
from tests.api.sending import HERE

TOKEN = "correct horse battery staple"
HTML = {"Accept": "text/html"}


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    """A client that has no token, and does not follow where it is sent."""
    application = create_app(library, public=True, token=TOKEN)
    with TestClient(application, HERE, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def test_programs_without_it_are_told(client: TestClient) -> None:
    response = client.get("/api/documents")
    problem(response, 401, "token-missing")
    assert response.headers["www-authenticate"] == "Bearer"
    problem(client.post("/api/ask", json={"question": "双活？"}), 401, "token-missing")
    problem(client.get("/metrics"), 401, "token-missing")


@pytest.mark.parametrize("wrong", ["Bearer no", "Bearer ", f"Basic {TOKEN}", TOKEN])
def test_a_wrong_one_is_refused(client: TestClient, wrong: str) -> None:
    assert client.get("/api/documents", headers={"Authorization": wrong}).status_code == 401


def test_programs_with_it_come_in(client: TestClient) -> None:
    assert client.get("/api/documents", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


@pytest.mark.parametrize("beside", ["user@host=1", 'settings={"theme": "dark"}', "flag"])
def test_cookies_of_other_services_are_in_nobodys_way(client: TestClient, beside: str) -> None:
    problem(client.get("/api/documents", headers={"Cookie": beside}), 401, "token-missing")
    known = f"{beside}; {COOKIE}={session_of(TOKEN)}"
    assert client.get("/api/documents", headers={"Cookie": known}).status_code == 200


def test_probes_need_none(client: TestClient) -> None:
    assert client.get("/healthz").status_code == 200


def test_browsers_are_asked_for_it_once(client: TestClient) -> None:
    asked = client.get("/library?project=禾川", headers=HTML)
    assert asked.status_code == 303
    form = client.get(asked.headers["location"], headers=HTML)
    assert "口令" in form.text
    assert 'value="/library?project=' in form.text

    wrong = client.post("/login", data={"token": "no", "next": "/library"})
    assert wrong.status_code == 401
    assert 'role="alert"' in wrong.text

    right = client.post("/login", data={"token": TOKEN, "next": "/library"})
    assert right.headers["location"] == "/library"
    assert "HttpOnly" in right.headers["set-cookie"]
    assert TOKEN not in right.headers["set-cookie"]
    assert client.get("/api/documents").status_code == 200


def test_a_made_up_session_is_refused(client: TestClient) -> None:
    client.cookies.set(COOKIE, "0" * 64)
    assert client.get("/api/documents").status_code == 401


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"])
def test_nobody_is_sent_elsewhere(client: TestClient, elsewhere: str) -> None:
    sent = client.post("/login", data={"token": TOKEN, "next": elsewhere})
    assert sent.headers["location"] == "/"


def test_without_a_token_nothing_is_asked(library: Library) -> None:
    with TestClient(create_app(library), HERE, follow_redirects=False) as client:
        assert client.get("/login?next=/library").headers["location"] == "/library"
        assert client.get("/", headers=HTML).status_code == 200


@pytest.mark.parametrize(
    ("trusted", "gateway", "secure"),
    [
        ("127.0.0.1,::1", "127.0.0.1", True),
        ("127.0.0.1,::1", "10.0.0.9", False),
        ("10.0.0.0/8", "10.0.0.9", True),
        ("10.0.0.0/8", "127.0.0.1", False),
        ("*", "192.0.2.1", True),
    ],
)
def test_the_cookie_stays_with_tls_where_a_trusted_gateway_says_so(
    library: Library, trusted: str, gateway: str, secure: bool
) -> None:
    library.settings = library.settings.model_copy(update={"trusted_proxies": trusted})
    config = config_of(create_app(library, public=True, token=TOKEN))
    config.load()
    browser = TestClient(cast("ASGIApp", config.loaded_app), HERE, client=(gateway, 1), follow_redirects=False)
    headers = {"X-Forwarded-Proto": "https", "Origin": HERE}
    cookie = browser.post("/login", data={"token": TOKEN}, headers=headers).headers["set-cookie"]
    assert ("Secure" in cookie) == secure
    assert {"HttpOnly", "SameSite=strict"} <= set(cookie.split("; "))
    plain = browser.post("/login", data={"token": TOKEN}, headers={"Origin": HERE}).headers["set-cookie"]
    assert "Secure" not in plain
