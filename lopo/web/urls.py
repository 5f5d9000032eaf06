"""The addresses of the pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from lopo.web import decrees, diary, home, law, lists, people, rows, sign, works

handler403 = "lopo.web.refusals.page_403"
handler404 = "lopo.web.refusals.page_404"
handler500 = "lopo.web.refusals.page_500"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="beranda"),
    path("masuk", sign.sign_in, name="masuk"),
    path("keluar", sign.sign_out, name="keluar"),
    path("bahasa", sign.choose_language, name="bahasa"),
    path("daftar/", lists.lists, name="daftar"),
    path("daftar/unggah", lists.upload, name="daftar_unggah"),
    path("daftar/periksa", lists.screen, name="daftar_periksa"),
    path("daftar/baris", rows.rows, name="baris_semua"),
    path("daftar/baris/<int:row_id>", rows.row, name="baris"),
    path("daftar/<int:list_id>", lists.list_page, name="daftar_isi"),
    path("daftar/<int:list_id>/lembar", lists.error_sheet, name="daftar_lembar"),
    path("orang/", people.people, name="orang"),
    path("orang/<int:person_id>", people.person, name="seseorang"),
    path("keputusan/", decrees.decrees, name="keputusan"),
    path("keputusan/<int:decree_id>", decrees.decree, name="keputusan_isi"),
    path("keputusan/<int:decree_id>/tetapkan", decrees.approve, name="keputusan_tetapkan"),
    path("keputusan/<int:decree_id>/tarik", decrees.withdraw, name="keputusan_tarik"),
    path("keputusan/<int:decree_id>/dokumen", decrees.make_paper, name="keputusan_dokumen"),
    path("hukum/", law.law_page, name="hukum"),
    path("kerja/", works.works, name="pekerjaan"),
    path("kerja/<uuid:work_id>", works.work, name="kerja"),
    path("dokumen/<uuid:paper_id>", works.paper, name="dokumen"),
    path("catatan/", diary.diary, name="catatan"),
]
