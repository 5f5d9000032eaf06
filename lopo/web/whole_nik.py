"""A whole NIK is shown for a reason only, and the diary keeps who saw it and why."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from lopo.basics.refusal import Refused
from lopo.staff import actions
from lopo.staff.actions import Deed
from lopo.web.door import Visitor

_SHORTEST_REASON = 5


def reveal(request: HttpRequest, who: Visitor, subject: str, subject_id: int, area_code: str) -> bool:
    """Say whether whole numbers are shown on this page; a reason that was posted goes into the diary.

    Refused without the right to see them in the area or without a reason.
    """
    if request.method != "POST" or "alasan" not in request.POST:
        return False
    if not who.may_in("people.see_nik", area_code):
        raise Refused("tidak_berwenang", _("Anda tidak berwenang melihat NIK utuh."), "people.see_nik")
    reason = " ".join(request.POST["alasan"].split())[:200]
    if len(reason) < _SHORTEST_REASON:
        raise Refused("alasan_kosong", _("Tulis untuk apa NIK dilihat; alasan dicatat di buku catatan."))
    with transaction.atomic():
        actions.record(by=who.officer, on=who.on, deed=Deed("see_nik", subject, subject_id, after={"alasan": reason}))
    return True
