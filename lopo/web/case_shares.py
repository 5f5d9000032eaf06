"""The question how several heirs share: a part for each, a guardian where one is needed, and the paper that says so."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lopo.claims import actions
from lopo.claims.actions import ShareGiven
from lopo.claims.queries import CasePage, HeirRow
from lopo.web.case_more_forms import OfCase
from lopo.web.door import Visitor


class SharesForm(OfCase):
    """One line for each heir that is written down; an empty part is an heir who receives nothing."""

    kesepakatan = forms.CharField(
        label=_("Surat pembagian atau penetapan pengadilan"), max_length=200,
        help_text=_("Nomor dan tanggalnya. Hukum tidak membagi antara ahli waris segolongan; mereka yang menyepakati."),
    )  # fmt: skip

    def choose(self, case: CasePage) -> None:
        """Ask for each heir of the case."""
        for heir in case.heirs:
            self._ask(heir)
        self.order_fields([name for name in self.fields if name != "kesepakatan"])

    def _ask(self, heir: HeirRow) -> None:
        given = heir.parts if heir.receives and len(str(heir.parts)) < 5 else None
        self.fields[f"bagian_{heir.id}"] = forms.CharField(
            label=_("Bagian %(name)s") % {"name": heir.name}, max_length=17, required=False, initial=given,
            help_text=_("Angka bagian (1, 1, 2) atau pecahan (1/4, 1/4, 1/2). Kosongkan bila tidak menerima."),
        )  # fmt: skip
        self.fields[f"wali_{heir.id}"] = forms.CharField(
            label=_("NIK wali %(name)s") % {"name": heir.name}, max_length=16, required=False,
            help_text=_("Hanya bila belum dewasa: uang masuk ke rekening walinya."),
        )  # fmt: skip
        self.fields[f"nama_wali_{heir.id}"] = forms.CharField(
            label=_("Nama wali %(name)s") % {"name": heir.name}, max_length=200, required=False
        )


def share(who: Visitor, case_id: int, given: dict[str, Any]) -> None:
    """Take the division as it was typed."""
    heirs = [name.removeprefix("bagian_") for name, said in given.items() if name.startswith("bagian_") and said]
    shares = [
        ShareGiven(int(heir), given[f"bagian_{heir}"], given[f"wali_{heir}"], given[f"nama_wali_{heir}"])
        for heir in heirs
    ]
    actions.name_shares(by=who.officer, on=who.on, case_id=case_id, shares=shares, agreement=given["kesepakatan"])


def share_form(case: CasePage) -> dict[str, forms.Form]:
    """Give the form of the page of a case, empty; none where fewer than two heirs are written down."""
    return {"bagian": SharesForm(case=case)} if len(case.heirs) > 1 else {}
