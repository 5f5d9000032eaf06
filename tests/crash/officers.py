"""Officers at their browsers: they sign in once, press buttons, and see whether an answer came."""

from __future__ import annotations

import http.client
import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

DONE, REFUSED, BROKEN = "done", "refused", "broken"
PASSWORD = "jangan-hilang-jangan-ganda"


class _Stay(urllib.request.HTTPRedirectHandler):
    """Do not go where a redirect points: a redirect says that the deed was done."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass(frozen=True)
class Press:
    """One press of a button: who, where, with which fields, and a file where one is sent."""

    who: str
    path: str
    fields: Mapping[str, str] = field(default_factory=dict)
    file: tuple[str, str, bytes] | None = None


@dataclass
class Browser:
    """One officer's browser."""

    url: str
    username: str
    _jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def __post_init__(self) -> None:
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar), _Stay())
        with self._open.open(f"{self.url}/masuk", timeout=30):
            pass
        outcome, _ = self.press(Press(self.username, "/masuk", {"username": self.username, "password": PASSWORD}))
        assert outcome == DONE, f"{self.username} cannot sign in: {outcome}"

    def press(self, given: Press) -> tuple[str, bytes]:
        """Press; `done` with what came back, `refused` where a rule says no, `broken` where nobody answered."""
        kind, body = _form(given)
        token = next((one.value for one in self._jar if one.name == "csrftoken"), "") or ""
        request = urllib.request.Request(  # noqa: S310 - our own web
            self.url + given.path, body, {"Content-Type": kind, "X-CSRFToken": token}
        )
        try:
            with self._open.open(request, timeout=60) as answer:
                return (DONE if "attachment" in answer.headers.get("Content-Disposition", "") else REFUSED,
                        answer.read())  # fmt: skip
        except urllib.error.HTTPError as problem:
            code, text = problem.code, problem.read()
            where = problem.headers.get("Location", "")
            problem.close()
            assert not where.startswith("/masuk") or given.path == "/masuk", f"{given.who} is signed out"
            return (DONE if code == 302 else BROKEN if code >= 500 else REFUSED), text
        except (OSError, http.client.HTTPException):
            return BROKEN, b""


def _form(given: Press) -> tuple[str, bytes]:
    if given.file is None:
        return "application/x-www-form-urlencoded", urllib.parse.urlencode(given.fields).encode()
    mark = uuid.uuid4().hex
    name, filename, content = given.file
    head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
    parts = f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + f"\r\n--{mark}--\r\n".encode()
    return f"multipart/form-data; boundary={mark}", parts
