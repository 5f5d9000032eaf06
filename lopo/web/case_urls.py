"""The addresses of the desk of claims."""

from __future__ import annotations

from django.urls import URLPattern, path

from lopo.web import (
    case_approve_many,
    case_death,
    case_handover,
    case_many,
    case_more,
    case_papers,
    case_work,
    cases,
    recoveries,
)

CASES: list[URLPattern] = [
    path("klaim/", cases.cases, name="klaim"),
    path("klaim/lapor", case_work.report, name="kasus_lapor"),
    path("klaim/serahkan", case_handover.hand_over, name="kasus_serahkan"),
    path("klaim/usulkan", case_many.propose_many, name="kasus_usulkan_banyak"),
    path("klaim/setujui", case_approve_many.approve_many, name="kasus_setujui_banyak"),
    path("klaim/temuan", cases.hits, name="temuan"),
    path("klaim/temuan/cocokkan", case_work.watch, name="akta_cocokkan"),
    path("klaim/temuan/<int:hit_id>", case_work.settle, name="temuan_putuskan"),
    path("klaim/<int:case_id>", cases.case, name="kasus"),
    path("klaim/<int:case_id>/tambah/<slug:what>", case_work.add, name="kasus_tambah"),
    path("klaim/<int:case_id>/berkas", case_work.receive_papers, name="kasus_berkas"),
    path("klaim/<int:case_id>/berkas/<slug:code>", case_papers.paper, name="kasus_surat_masuk"),
    path("klaim/<int:case_id>/berkas/<slug:code>/hal/<int:number>", case_papers.page, name="kasus_surat_halaman"),
    path("klaim/<int:case_id>/berkas/<slug:code>/kirim", case_papers.send, name="kasus_surat_kirim"),
    path("klaim/<int:case_id>/berkas/<slug:code>/nilai", case_papers.judge, name="kasus_surat_nilai"),
    path("klaim/<int:case_id>/berkas/<slug:code>/<int:file_id>", case_papers.original, name="kasus_surat_berkas"),
    path("klaim/<int:case_id>/laporan/<uuid:report_id>/foto", case_papers.told_photo, name="kasus_laporan_foto"),
    path("klaim/<int:case_id>/kunjungan", case_work.visit, name="kasus_kunjungan"),
    path("klaim/<int:case_id>/ahli-waris", case_work.heirs, name="kasus_waris"),
    path("klaim/<int:case_id>/surat", case_work.letter, name="kasus_surat"),
    path("klaim/<int:case_id>/lanjut/<slug:what>", case_more.add, name="kasus_lanjut"),
    path("klaim/<int:case_id>/meninggal", case_death.late_death, name="kasus_meninggal"),
    path("klaim/<int:case_id>/pegang", case_more.take, name="kasus_pegang"),
    path("klaim/<int:case_id>/beasiswa", case_more.propose_schooling, name="kasus_beasiswa"),
    path("klaim/<int:case_id>/formulir/<slug:form>", case_more.form_paper, name="kasus_formulir"),
    path("klaim/<int:case_id>/jaminan", case_more.guarantee, name="kasus_jaminan"),
    path("klaim/<int:case_id>/koreksi", recoveries.propose, name="koreksi_usulkan"),
    path("klaim/koreksi/<uuid:correction_id>", recoveries.answer, name="koreksi_jawab"),
    path("klaim/<int:case_id>/usulkan", case_work.propose, name="kasus_usulkan"),
    path("klaim/<int:case_id>/<uuid:decision_id>/setujui", case_work.approve, name="kasus_setujui"),
    path("klaim/<int:case_id>/<uuid:decision_id>/kembalikan", case_work.send_back, name="kasus_kembalikan"),
]
