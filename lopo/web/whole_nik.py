"""Each look at a full record is noted; a whole NIK is shown for a reason only, which is noted too."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from lopo.basics.refusal import Refused
from lopo.staff import actions
from lopo.staff.actions import Deed, Seen
from lopo.web.door import Visitor, now

_SHORTEST_REASON = 5


def reveal(
    request: HttpRequest, who: Visitor, subject: str, subject_id: int, area_code: str, *, person: int | None = None
) -> bool:
    """Note the look at this full record; say whether whole numbers are shown, for which a reason must be posted.

    `person` is whom the record tells of (the subject itself where that is a person). Refused without the right to see
    whole numbers in the area or without a reason.
    """
    if request.method != "POST" or "alasan" not in request.POST:
        look(request, who, (subject, subject_id), area_code, person=person)
        return False
    if not who.may_in("people.see_nik", area_code):
        raise Refused("tidak_berwenang", _("Anda tidak berwenang melihat NIK utuh."), "people.see_nik")
    reason = " ".join(request.POST["alasan"].split())[:200]
    if len(reason) < _SHORTEST_REASON:
        raise Refused("alasan_kosong", _("Tulis untuk apa NIK dilihat; alasan dicatat di buku catatan."))
    with transaction.atomic():
        actions.record(by=who.officer, on=who.on, deed=Deed("see_nik", subject, subject_id, after={"alasan": reason}))
        look(request, who, (subject, subject_id), area_code, person=person, reason=reason)
    return True


def look(
    request: HttpRequest,
    who: Visitor,
    thing: tuple[str, object],
    area_code: str,
    *,
    person: int | None = None,
    reason: str = "",
) -> None:
    """Note that the visitor looks at a full record (its kind and id) on this page: one insert, one row an hour."""
    match, (subject, subject_id) = request.resolver_match, thing
    if subject == "people.person" and isinstance(subject_id, int):
        person = subject_id
    seen = Seen(
        page=match.url_name if match and match.url_name else "",
        subject=subject,
        subject_id=str(subject_id),
        person=person,
        area_code=area_code,
        outside=not any(who.may_in(permission, area_code) for permission in ("people.read", "case.read")),
        reason=reason,
    )
    actions.note_look(by=who.officer, on=who.on, at=now(), seen=seen)
