"""The addresses of what anybody may do about a case without an account, and of the desk that receives it."""

from __future__ import annotations

from django.urls import URLPattern, path

from lopo.web import family_page, first_report, incoming, messages_page

REPORTS: list[URLPattern] = [
    path("lapor", first_report.first_report, name="lapor"),
    path("lapor/<uuid:kept_id>", first_report.receipt, name="lapor_terima"),
    path("kasus-keluarga", family_page.family_page, name="kasus_keluarga"),
    path("klaim/laporan", incoming.incoming, name="laporan_masuk"),
    path("klaim/laporan/<uuid:report_id>", incoming.one, name="laporan_masuk_isi"),
    path("klaim/laporan/<uuid:report_id>/hubungkan", incoming.attach, name="laporan_masuk_hubungkan"),
    path("klaim/laporan/<uuid:report_id>/bukan", incoming.dismiss, name="laporan_masuk_bukan"),
    path("klaim/laporan/<uuid:report_id>/foto", incoming.photo, name="laporan_masuk_foto"),
    path("klaim/pesan", messages_page.outgoing, name="pesan"),
    path("klaim/pesan/alamat", messages_page.own_address, name="pesan_alamat"),
    path("klaim/pesan/<uuid:message_id>", messages_page.one, name="pesan_isi"),
    path("klaim/pesan/<uuid:message_id>/ulang", messages_page.retry, name="pesan_ulang"),
    path("klaim/pesan/<uuid:message_id>/diantar", messages_page.delivered, name="pesan_diantar"),
]
