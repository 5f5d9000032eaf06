"""What people write as their work, as a code of the classification of occupations KBJI 2014 (four digits)."""

import re
from functools import lru_cache

import ibis
import ibis.expr.types as ir

TITLES = {
    "2359": "Profesional Bidang Pendidikan Lainnya YTDL",
    "3413": "Asisten Profesional Keagamaan",
    "5120": "Juru Masak",
    "5141": "Penata Rambut",
    "5211": "Pedagang Di Kios dan Los Pasar",
    "5212": "Pedagang Makanan Kaki Lima",
    "5221": "Pemilik Toko",
    "5414": "Penjaga Keamanan",
    "6111": "Pekerja Pertanian Tanaman Pangan dan Tanaman Semusim",
    "6121": "Pekerja Peternakan Hewan Besar dan Kecil Serta Penghasil Susu",
    "6221": "Pekerja Budidaya Perikanan",
    "6222": "Pekerja Perikanan Tangkap Di Perairan Umum dan Pesisir",
    "7111": "Pekerja Bangunan Rumah",
    "7112": "Tukang Tembok dan YBDI",
    "7115": "Tukang Kayu Bangunan",
    "7131": "Pekerja Pengecatan Bangunan dan YBDI",
    "7212": "Pekerja Pengelasan",
    "7231": "Mekanik dan Tukang Reparasi Kendaraan Bermotor",
    "7318": "Pembuat Kerajinan Dari Tekstil, Kulit, dan Bahan YBDI",
    "7411": "Pekerja Kelistrikan Bangunan dan YBDI",
    "7511": "Pemotong Hewan, Penjual Ikan Segar, dan Pengolah Makanan YBDI",
    "7533": "Tukang Jahit, Penyulam, dan YBDI",
    "8321": "Pengemudi Sepeda Motor",
    "8322": "Pengemudi Mobil, Taksi dan Van",
    "8332": "Pengemudi Truk Berat dan Truk Kontainer",
    "9111": "Tenaga Kebersihan dan Juru Bantu Rumahtangga",
    "9121": "Tenaga Cuci dan Setrika Dengan Tangan",
    "9211": "Buruh Pertanian",
    "9212": "Buruh Peternakan",
    "9216": "Buruh Penangkapan dan Budidaya Perikanan",
    "9313": "Buruh Bangunan",
    "9331": "Pengemudi Becak dan Kendaraan Berpedal",
    "9333": "Buruh Angkat Barang",
    "9520": "Pedagang Keliling dan Asongan (Selain Makanan)",
    "9611": "Tukang Sampah",
    "9612": "Penyortir Sampah",
    "9624": "Pengumpul Air dan Kayu Bakar",
    "9629": "Pekerja Kasar YTDL",
}
"""The titles of the codes that we use, as the classification writes them (Kemnaker and BPS, KBJI 2014)."""

_RULES = (
    ("9216", r"\bBURUH (NELAYAN|IKAN|TAMBAK)|\bABK\b"),
    ("9212", r"\bBURUH (TERNAK|PETERNAKAN)"),
    ("9211", r"\bBURUH (TANI|PERKEBUNAN|KEBUN)"),
    ("9313", r"\b(BURUH|KULI|HELPER) (BANGUNAN|PROYEK)"),
    ("9333", r"\b(PORTER|BURUH (PELABUHAN|ANGKUT|ANGKAT|BONGKAR|PIKUL)|KULI (ANGKUT|PELABUHAN|PANGGUL)|TKBM)"),
    ("9629", r"\bBURUH (HARIAN|LEPAS|SERABUTAN)|\bSERABUTAN|\b(TUKANG|JURU|PETUGAS) PARKIR|\bPARKIR"),
    ("6221", r"\bRUMPUT LAUT|\b(PETANI|BUDIDAYA|PETAMBAK) (IKAN|GARAM|UDANG)|\bPETAMBAK"),
    ("7511", r"\b(PENJUAL|PEDAGANG|JUAL|PAPALELE) IKAN|\bJAGAL|\bTUKANG POTONG HEWAN"),
    ("6222", r"\bNELAYAN|\bPENANGKAP IKAN"),
    ("6121", r"\bPETERNAK|\bPETERNAKAN|\bTERNAK"),
    ("6111", r"\bPETANI|\bPEKEBUN|\bBERTANI|\bTANI\b"),
    ("8321", r"\bOJEK|\bOJOL|\bOJEG"),
    ("9331", r"\bBECAK"),
    ("8332", r"\b(SOPIR|SUPIR|PENGEMUDI) (TRUK|TRUCK|FUSO|TRONTON)"),
    ("8322", r"\bSOPIR|\bSUPIR|\bPENGEMUDI|\bDRIVER|\bBEMO\b|\bANGKOT"),
    ("7112", r"\bTUKANG BATU|\bTUKANG TEMBOK"),
    ("9624", r"\b(PENCARI|PENGUMPUL|PENJUAL) KAYU( BAKAR)?"),
    ("7115", r"\bTUKANG KAYU|\bMEUBEL|\bMEBEL"),
    ("7131", r"\bTUKANG CAT\b"),
    ("7212", r"\bTUKANG LAS|\bPANDAI BESI|\bPENGELAS"),
    ("7411", r"\bTUKANG LISTRIK|\bINSTALATIR"),
    ("7111", r"\bTUKANG( BANGUNAN)?$"),
    ("7231", r"\bBENGKEL|\bMEKANIK|\bMONTIR|\bTAMBAL BAN"),
    ("7318", r"\bPENENUN|\bTENUN|\bIKAT\b"),
    ("7533", r"\bPENJAHIT|\bJAHIT|\bPENYULAM"),
    ("5141", r"\bCUKUR|\bPENATA RAMBUT|\bSALON"),
    ("9121", r"\bCUCI|\bSETRIKA|\bLAUNDRY"),
    ("9111", r"\b(ASISTEN|PEMBANTU|PEKERJA) RUMAH TANGGA|\b(ART|PRT)\b"),
    ("9612", r"\bPEMULUNG|\bBARANG BEKAS"),
    ("9611", r"\bSAMPAH|\bKEBERSIHAN KOTA|\bPASUKAN KUNING"),
    ("5212", r"\b(PENJUAL|PEDAGANG|JUAL) (MAKANAN|KUE|NASI|GORENGAN|BAKSO|JAGUNG|SALOME|ES)|\bKAKI LIMA|\bPKL\b"),
    ("9520", r"\b(PEDAGANG|PENJUAL) (KELILING|ASONGAN)|\bASONGAN|\bPAPALELE"),
    ("5221", r"\b(PEMILIK )?(KIOS|WARUNG|TOKO)\b"),
    ("5211", r"\bPEDAGANG|\bPENJUAL|\bPERDAGANGAN|\bJUALAN"),
    ("3413", r"\bKOSTER|\bMARBOT|\bMARBUT|\bMERBOT|\bKATEKIS|\bDIAKEN"),
    ("2359", r"\bGURU (NGAJI|SEKOLAH MINGGU|MINGGU|TPQ|TPA)"),
    ("5120", r"\bJURU MASAK|\bKOKI|\bTUKANG MASAK"),
    ("5414", r"\bSATPAM|\bPENJAGA (MALAM|SEKOLAH|GEDUNG|KANTOR)|\bSECURITY|\bHANSIP|\bLINMAS"),
)
# The first that fits counts, so the narrower stand before the wider.


def occupation_code(text: ir.StringValue) -> ir.StringValue:
    """The KBJI code of a work as it is written; '' where nobody can say, never a guess by default."""
    word = text.fill_null("").upper().re_replace("[^A-Z]+", " ").strip()
    return ibis.cases(*((word.re_search(pattern), code) for code, pattern in _RULES), else_="")


@lru_cache(maxsize=20_000)
def occupation_of(text: str) -> str:
    """The same code for one text; what people write is few thousand different words, so each is asked once."""
    word = re.sub("[^A-Z]+", " ", text.upper()).strip()
    return next((code for code, pattern in _RULES if re.search(pattern, word)), "")


def occupation_title(text: str) -> str:
    """The title and code of the classification, `Pengemudi Sepeda Motor (8321)`; '' where nobody can say."""
    code = occupation_of(text)
    return f"{TITLES[code]} ({code})" if code else ""
