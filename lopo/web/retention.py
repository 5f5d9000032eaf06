"""The page of retention: every rule with its ground, what is over its time, and the button that follows a rule."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.insight.queries.retention import due
from lopo.staff.retention import BY_CODE
from lopo.web.door import Visitor, desk
from lopo.web.works import Job, begin

STATUS: dict[str, str | Promise] = {
    "read": _("bunyi dasarnya sudah dibaca"),
    "assumed": _("menunggu kepastian ahli hukum"),
    "house": _("aturan rumah"),
}

SAID: dict[str, tuple[str | Promise, str | Promise, str | Promise]] = {
    "pekerjaan": (_("Kemajuan pekerjaan panjang yang sudah selesai"), _("selesai"), _("dihapus")),
    "percobaan": (_("Percobaan di pintu tanpa akun"), _("dicatat"), _("dihapus")),
    "pesan": (_("Pesan yang sudah terkirim atau gagal"), _("dibuat"), _("dihapus")),
    "calon_mirip": (_("Orang mirip dari pemeriksaan yang sudah diganti"), _("pemeriksaan"), _("dihapus")),
    "register_lama": (
        _("Baris register yang diganti register baru"),
        _("penggantian"),
        _("dihapus saat register baru dimuat"),
    ),
    "data_saya": (_("Salinan data yang disusun untuk orangnya"), _("disusun"), _("dihapus")),
    "lembar_hasil": (_("Lembar hasil untuk pengirim"), _("disusun"), _("dihapus")),
    "baris_usulan": (
        _("Isi baris usulan yang tidak menjadi dasar keputusan"),
        _("bulan terakhir program"),
        _("dikosongkan; hasil dan alasannya tetap"),
    ),
    "berkas_sumber": (
        _("Berkas daftar seperti yang dikirim"),
        _("bulan terakhir program"),
        _("dikosongkan; sidik jarinya tetap"),
    ),
    "laporan_bukan": (
        _("Laporan kejadian yang bukan untuk program ini"),
        _("dijawab"),
        _("dihapus dengan foto dan ceritanya"),
    ),
    "berkas_sisihan": (
        _("Berkas dari bank yang disisihkan dan tidak pernah dibukukan"),
        _("disisihkan"),
        _("dihapus; yang terletak di folder bank diurus kantor"),
    ),
    "jejak_lihat": (_("Catatan siapa melihat data siapa"), _("dicatat"), _("dihapus")),
    "jejak_unduh": (_("Catatan siapa mengunduh tabel apa"), _("dicatat"), _("dihapus")),
    "keputusan": (
        _("Keputusan, nama dalam lampiran, dan baris yang menjadi dasarnya"),
        _("ditetapkan"),
        _("tetap; penyusutan menurut jadwal arsip"),
    ),
    "iuran": (
        _("Tagihan, SP2D, berkas bank, dan buku besar"),
        _("dibukukan"),
        _("tetap; sedikitnya 10 tahun, lalu menurut jadwal arsip"),
    ),
    "klaim": (
        _("Kasus, keputusan klaim, dan ahli waris"),
        _("ditutup"),
        _("tetap; sedikitnya 10 tahun, lalu menurut jadwal arsip"),
    ),
    "buku_catatan": (_("Buku catatan"), _("dicatat"), _("tetap; tidak dapat diubah atau dihapus")),
}
"""What a rule is about, since when it counts, and what is done, as the page says it."""


@desk("diary.read", "retention.run")
def retention(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show the rules and, as a dry run, how much each would remove today."""
    may_run = who.may("retention.run")
    rows = [
        {
            "rule": one.rule,
            "what": SAID[one.rule.code][0],
            "since": SAID[one.rule.code][1],
            "deed": SAID[one.rule.code][2],
            "status": STATUS[one.rule.status],
            "count": one.count,
            "may_run": may_run and bool(one.count),
        }
        for one in due(who.on)
    ]
    return render(request, "retention.html", {"rows": rows})


@desk("retention.run")
@require_POST
def run(request: HttpRequest, who: Visitor, code: str) -> HttpResponse:
    """Follow one rule in the background; what is removed must be as many as the officer saw."""
    rule = BY_CODE.get(code)
    seen = request.POST.get("jumlah", "")
    if rule is None or rule.days is None or not (seen.isdecimal() and len(seen) < 10):
        raise Http404
    title = gettext("Menghapus yang lewat masa simpan: %(what)s") % {"what": rule.what}
    return begin(who, Job("lopo.forget", title, {"code": code, "expected": int(seen)}))
