"""The codes that the law writes (body parts, school levels, means of transport ...) in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

CODES = (
    # the table of body parts
    gettext_noop("lengan dari bahu kanan"),
    gettext_noop("lengan dari bahu kiri"),
    gettext_noop("lengan dari siku kanan"),
    gettext_noop("lengan dari siku kiri"),
    gettext_noop("tangan dari pergelangan kanan"),
    gettext_noop("tangan dari pergelangan kiri"),
    gettext_noop("kedua kaki dari pangkal paha"),
    gettext_noop("satu kaki dari pangkal paha"),
    gettext_noop("kedua kaki dari mata kaki"),
    gettext_noop("satu kaki dari mata kaki"),
    gettext_noop("kedua mata"),
    gettext_noop("satu mata atau penglihatan ganda dekat"),
    gettext_noop("pendengaran kedua telinga"),
    gettext_noop("pendengaran satu telinga"),
    gettext_noop("ibu jari kanan"),
    gettext_noop("ibu jari kiri"),
    gettext_noop("telunjuk kanan"),
    gettext_noop("telunjuk kiri"),
    gettext_noop("jari lain kanan"),
    gettext_noop("jari lain kiri"),
    gettext_noop("ruas pertama telunjuk kanan"),
    gettext_noop("ruas pertama telunjuk kiri"),
    gettext_noop("ruas pertama jari lain kanan"),
    gettext_noop("ruas pertama jari lain kiri"),
    gettext_noop("ibu jari kaki"),
    gettext_noop("jari telunjuk kaki"),
    gettext_noop("jari kaki lain"),
    gettext_noop("kulit kepala terkelupas tiap persen"),
    gettext_noop("impotensi"),
    gettext_noop("kaki memendek kurang 5 cm"),
    gettext_noop("kaki memendek 5 sampai 7 5 cm"),
    gettext_noop("kaki memendek 7 5 cm atau lebih"),
    gettext_noop("pendengaran kedua telinga tiap 10 desibel"),
    gettext_noop("pendengaran satu telinga tiap 10 desibel"),
    gettext_noop("satu daun telinga"),
    gettext_noop("kedua daun telinga"),
    gettext_noop("cuping hidung"),
    gettext_noop("sekat rongga hidung berlubang"),
    gettext_noop("daya penciuman"),
    gettext_noop("kemampuan kerja fisik 51 sampai 70 persen"),
    gettext_noop("kemampuan kerja fisik 26 sampai 50 persen"),
    gettext_noop("kemampuan kerja fisik 10 sampai 25 persen"),
    gettext_noop("kemampuan kerja mental tetap"),
    gettext_noop("efisiensi penglihatan tiap 10 persen"),
    gettext_noop("penglihatan warna"),
    gettext_noop("lapang pandang tiap 10 persen"),
    # school levels
    gettext_noop("belum sekolah"),
    gettext_noop("tk"),
    gettext_noop("sd"),
    gettext_noop("smp"),
    gettext_noop("sma"),
    gettext_noop("perguruan tinggi"),
    # sectors, transport, conclusions
    gettext_noop("transportasi"),
    gettext_noop("lainnya"),
    gettext_noop("darat"),
    gettext_noop("laut"),
    gettext_noop("udara"),
    gettext_noop("belum"),
    gettext_noop("kecelakaan kerja"),
    gettext_noop("bukan kecelakaan kerja"),
    # classes of heirs
    gettext_noop("pasangan anak"),
    gettext_noop("garis lurus"),
    gettext_noop("tidak ada"),
    # states of membership
    gettext_noop("masa tunggu"),
    gettext_noop("penuh"),
    gettext_noop("menunggak 1"),
    gettext_noop("menunggak 2"),
    gettext_noop("menunggak 3"),
    gettext_noop("gugur"),
    # a NIK as written, a verdict
    gettext_noop("kosong"),
    gettext_noop("rusak"),
    gettext_noop("terpotong"),
    gettext_noop("utuh"),
    gettext_noop("diterima"),
    gettext_noop("perlu cek"),
    gettext_noop("ditolak"),
)
_SPELT = {
    "tk": "TK",
    "sd": "SD",
    "smp": "SMP",
    "sma": "SMA",
    "kaki memendek 5 sampai 7 5 cm": "kaki memendek 5 sampai 7,5 cm",
    "kaki memendek 7 5 cm atau lebih": "kaki memendek 7,5 cm atau lebih",
    "pasangan anak": "suami, istri atau anak",
    "garis lurus": "orang tua, kakek, nenek atau cucu",
    "menunggak 1": "menunggak 1 bulan",
    "menunggak 2": "menunggak 2 bulan",
    "menunggak 3": "menunggak 3 bulan",
}
"""Codes that are spelt otherwise than with their words one after the other."""
_LETTERS = {"L": gettext_noop("laki-laki"), "P": gettext_noop("perempuan")}
"""Codes of one letter, as registers write them."""


def code_word(code: str) -> str:
    """Give a code of the law as words: `perguruan_tinggi` is `perguruan tinggi`, in English `higher education`."""
    plain = _LETTERS.get(code, code.replace("_", " "))
    said = gettext(plain) if plain else ""
    return _SPELT.get(said, said)
