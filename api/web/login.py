"""`/login`: where a browser gives the token once."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.token import COOKIE, is_token, session_of
from api.web.render import page

router = APIRouter(include_in_schema=False)

_MONTH_S = 30 * 24 * 3600


@router.get("/login")
def ask_for_token(request: Request, next: str = "/") -> Response:  # noqa: A002 (the name in the address)
    """The form, or straight on where no token is asked for."""
    if request.app.state.token is None:
        return RedirectResponse(_inside(next), 303)
    return page(request, "login.html", here="", next=_inside(next), wrong=False)


@router.post("/login")
def take_token(
    request: Request,
    token: Annotated[str, Form(max_length=512)],
    next: Annotated[str, Form()] = "/",  # noqa: A002
) -> Response:
    """Let the browser in for a month, or say that the token is wrong."""
    wanted = request.app.state.token
    if wanted is not None and not is_token(token.strip(), wanted):
        refused = page(request, "login.html", here="", next=_inside(next), wrong=True)
        refused.status_code = 401
        return refused
    response = RedirectResponse(_inside(next), 303)
    if wanted is not None:
        secure = request.url.scheme == "https"
        response.set_cookie(
            COOKIE, session_of(wanted), max_age=_MONTH_S, httponly=True, samesite="strict", secure=secure
        )
    return response


def _inside(address: str) -> str:
    """The address if it lies in this service, else the start: nobody is sent elsewhere by a link to here."""
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\")) and "\n" not in address
    return address if is_ours else "/"
