"""Who is at the door and what day it is there: the only place of the web that reads the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from lopo.staff import queries as staff
from lopo.staff.roles import ROLES, Role

Args = ParamSpec("Args")
Answer = Callable[[HttpRequest], HttpResponse]
_KEPT = "lopo.visitor"


def today() -> date:
    """Give the day at the door: the demo's day where one is set, else the day in the office's time zone."""
    if settings.LOPO_TODAY:
        return date.fromisoformat(settings.LOPO_TODAY)
    return datetime.now(ZoneInfo(settings.TIME_ZONE)).date()


def now() -> datetime:
    """Give the moment at the door; on the demo's day it is noon of that day."""
    zone = ZoneInfo(settings.TIME_ZONE)
    if settings.LOPO_TODAY:
        return datetime.combine(today(), datetime.min.time(), zone).replace(hour=12)
    return datetime.now(zone)


@dataclass(frozen=True)
class Visitor:
    """The officer at the screen, the day, and what the officer may do where."""

    officer: staff.Officer
    on: date
    duties: tuple[staff.DutyRow, ...]

    def may(self, permission: str) -> bool:
        """Say whether the officer has the permission anywhere."""
        return any(duty.may(permission) for duty in self.duties)

    def areas(self, permission: str) -> tuple[str, ...]:
        """Give the area codes within which the officer has the permission."""
        return tuple(sorted({duty.area_code for duty in self.duties if duty.may(permission)}))

    def may_in(self, permission: str, area_code: str) -> bool:
        """Say whether the officer has the permission in an area."""
        return staff.within(area_code, self.areas(permission))

    def payers(self, permission: str) -> tuple[str, ...]:
        """Give the codes of the payers for whom the officer has the permission."""
        return tuple(sorted({duty.payer_code for duty in self.duties if duty.payer_code and duty.may(permission)}))

    @property
    def roles(self) -> tuple[Role, ...]:
        """Give the roles of the officer, each once."""
        return tuple(ROLES[code] for code in dict.fromkeys(duty.role for duty in self.duties) if code in ROLES)

    @property
    def home_area(self) -> str:
        """Give the widest area of the officer's duties; empty without duties."""
        return min((duty.area_code for duty in self.duties), key=len, default="")


def visitor(request: HttpRequest) -> Visitor | None:
    """Give who is signed in, None when nobody is. One query for each request, however often it is asked."""
    if _KEPT not in request.META:
        user, day = request.user, today()
        if user.is_authenticated:
            request.META[_KEPT] = Visitor(user, day, staff.duties_of(user.id, on=day))
        else:
            request.META[_KEPT] = None
    found: Visitor | None = request.META[_KEPT]
    return found


def desk(
    *permissions: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Visitor, Args], HttpResponse]],
    Callable[Concatenate[HttpRequest, Args], HttpResponse],
]:
    """Let in who has one of the permissions and hand the visitor to the page; anybody else gets page 403."""

    def wrap(
        page: Callable[Concatenate[HttpRequest, Visitor, Args], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, Args], HttpResponse]:
        @wraps(page)
        def guarded(request: HttpRequest, /, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponse:
            who = visitor(request)
            if who is None or not any(who.may(permission) for permission in permissions):
                raise PermissionDenied
            answer = page(request, who, *args, **kwargs)
            add_never_cache_headers(answer)
            return answer

        return guarded

    return wrap


def open_to_all(
    page: Callable[Concatenate[HttpRequest, Visitor | None, Args], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Args], HttpResponse]:
    """Let in anybody, signed in or not (then the visitor is None): only for pages that know of no person."""

    @wraps(page)
    def opened(request: HttpRequest, /, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponse:
        answer = page(request, visitor(request), *args, **kwargs)
        add_never_cache_headers(answer)
        return answer

    return login_not_required(opened)


class LanguageMiddleware:
    """Speaks Indonesian unless the visitor chose English; what the browser prefers is not asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the answer in the chosen language."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            answer = self.answer(request)
            answer.headers.setdefault("Content-Language", language)
        return answer
