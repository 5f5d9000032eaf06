"""The addresses of the pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from lopo.web import diary, home, law, people, sign, works

handler403 = "lopo.web.refusals.page_403"
handler404 = "lopo.web.refusals.page_404"
handler500 = "lopo.web.refusals.page_500"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="beranda"),
    path("masuk", sign.sign_in, name="masuk"),
    path("keluar", sign.sign_out, name="keluar"),
    path("bahasa", sign.choose_language, name="bahasa"),
    path("orang/", people.people, name="orang"),
    path("hukum/", law.law_page, name="hukum"),
    path("kerja/", works.works, name="pekerjaan"),
    path("kerja/<uuid:work_id>", works.work, name="kerja"),
    path("dokumen/<uuid:paper_id>", works.paper, name="dokumen"),
    path("catatan/", diary.diary, name="catatan"),
]
