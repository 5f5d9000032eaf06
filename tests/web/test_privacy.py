"""No page and no file shows a personal value whole to a role that may not see it: every page, role by role."""

from __future__ import annotations

import contextlib
import io
import re
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pypdfium2
import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import get_resolver, reverse

from lopo.basics.privacy import SIGHTS
from lopo.claims.models import Case, FirstReport
from lopo.coverage.models import Exchange, Handover
from lopo.jobs.papers.own_data import make_own_data
from lopo.payments.models import BankFile, Passbook
from lopo.people.models import Person
from lopo.staff import actions as staff
from lopo.staff import queries
from lopo.staff.models import Document, Message
from lopo.staff.roles import ROLES
from lopo.targeting.models import ProposalRow, Verdict
from tests import cast
from tests.web.conftest import SignedIn
from tests.web.story import OEBUFU, TODAY, Story

USERS = {username: (role, area) for username, _, role, area in cast.ROLES.values()}
BORN = date(1957, 3, 29)
VALUES = {
    "nik": "5371040609570777",
    "no_kk": "5371041203190666",
    "phone": "081339555444",
    "mother_name": "Wilhelmina Tefnai Uji",
    "rt": "R97",
    "rw": "W98",
    "number": "0139998887776",
}
"""What nobody else in the story has, so that finding it is finding this person."""
BORN_WRITTEN = ("1957-03-29", "29 Mar 1957", "29 Maret 1957", "29 March 1957", "29/03/1957", "29-03-1957", "290357")


@dataclass(frozen=True)
class Known:
    """The person of known values, with a row to look at and a paper (PDF) that tells everything of him."""

    person_id: int
    row_id: int
    paper_id: uuid.UUID


@pytest.fixture
def known(story: Story) -> Known:
    """Give the member of the story values that are nobody else's, in every table and cell that tells of him."""
    person = Person.objects.get(pk=story.member.person_id)
    row_id = Verdict.objects.filter(person=person, screening__current=True, same_as=None).values_list("row", flat=True)[
        0
    ]
    was = {"nik": person.nik, "no_kk": person.no_kk}
    cells = ["1", "X", VALUES["nik"], "29/03/1957", VALUES["phone"], VALUES["mother_name"], "RT R97 RW W98"]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # rows as they came do not change otherwise
        cursor.execute("UPDATE people_resident SET nik = %s, no_kk = %s, mother_name = %s, rt = 'R97', rw = 'W98', "
                       "born = %s WHERE nik = %s",
                       [VALUES["nik"], VALUES["no_kk"], VALUES["mother_name"], BORN, was["nik"]])  # fmt: skip
    Person.objects.filter(pk=person.id).update(
        nik=VALUES["nik"], no_kk=VALUES["no_kk"], phone=VALUES["phone"], rt="R97", rw="W98", born=BORN
    )
    Passbook.objects.filter(person=person.id).update(number=VALUES["number"])
    evidence = {"name_matched": person.name, "born_on": "1957-03-29", "no_kk_matched": VALUES["no_kk"]}
    Verdict.objects.filter(person=person).update(nik_matched=VALUES["nik"], evidence=evidence)
    ProposalRow.objects.filter(pk=row_id).update(raw=cells, nik_given=VALUES["nik"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")
    request = staff.note_request(
        by=queries.officer("dinas"), on=TODAY, area_code=person.area_code,
        asked=staff.Asked(person.id, "salinan", "yang bersangkutan", ""),
    )  # fmt: skip
    paper, _ = make_own_data(by=queries.officer("dinas"), on=TODAY, person_id=person.id, request_id=request)
    return Known(person.id, row_id, paper)


def _ids(story: Story, known: Known) -> dict[str, list[object]]:
    """Give what stands for each kind of id in an address."""
    return {
        "row_id": [known.row_id],
        "list_id": [story.oebufu_list],
        "person_id": [known.person_id],
        "decree_id": [story.decree_id],
        "case_id": list(Case.objects.values_list("id", flat=True)),
        "exchange_id": list(Exchange.objects.values_list("id", flat=True)),
        "handover_id": list(Handover.objects.values_list("id", flat=True))[:1],
        "file_id": list(BankFile.objects.values_list("id", flat=True)),
        "report_id": list(FirstReport.objects.values_list("id", flat=True)),
        "message_id": list(Message.objects.values_list("id", flat=True)),
        "paper_id": list(Document.objects.values_list("id", flat=True)),
    }


def _addresses(story: Story, known: Known) -> list[str]:
    """Give the address of every page that can be read, with the person's own ids in it."""
    ids, found = _ids(story, known), []
    for pattern in get_resolver().url_patterns:
        names = list(pattern.pattern.converters)
        if len(names) == 0:
            found.append(reverse(pattern.name))
        elif len(names) == 1 and names[0] in ids:
            found += [reverse(pattern.name, args=[one]) for one in ids[names[0]]]
    return [one for one in found if not one.startswith(("/hukum", "/masuk", "/keluar", "/bahasa"))]


def _text(answer: HttpResponse) -> str:
    """Give everything that an answer says: a page as it is, a workbook with all its parts, the words of a PDF."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if content[:5] == b"%PDF-":
        return _words_of_pdf(content)
    if content[:2] != b"PK":
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def _words_of_pdf(content: bytes) -> str:
    """Give what stands on all pages of a PDF, lines joined."""
    with contextlib.closing(pypdfium2.PdfDocument(content)) as paper:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in paper).split())


def _leaks(username: str, text: str, *, reasoned: bool) -> Iterator[str]:
    """Give the columns whose whole value the text shows although this officer may not see it."""
    role, area = USERS[username]
    here = area == OEBUFU or OEBUFU.startswith(f"{area}.")
    for column, value in (*VALUES.items(), *(("born", one) for one in BORN_WRITTEN)):
        sight = SIGHTS[column]
        open_to = here and sight.permission in ROLES[role].may and (reasoned or not sight.for_reason)
        # whole words: three letters of a neighbourhood stand by chance inside the random mark of a form
        if not open_to and re.search(rf"(?<![0-9A-Za-z]){re.escape(value)}(?![0-9A-Za-z])", text):
            yield f"{column} {value}"


@pytest.mark.parametrize("username", USERS)
def test_no_page_shows_what_the_role_may_not_see(
    username: str, story: Story, known: Known, signed_in: SignedIn
) -> None:
    client, wrong, seen = signed_in(username), {}, 0
    for address in _addresses(story, known):
        answer = client.get(address)
        if answer.status_code == 200:
            seen += 1
            # files of BPJS, the bank and senders are whole, and only for those who may see whole numbers
            whole_file = "Content-Disposition" in answer.headers
            if found := list(_leaks(username, _text(answer), reasoned=whole_file)):
                wrong[address] = found
    assert wrong == {}
    assert seen >= 5


@pytest.mark.parametrize(("username", "form"), [*((one, "csv") for one in USERS), ("bendahara", "xlsx")])
def test_no_file_holds_what_the_role_may_not_see(
    username: str, form: str, story: Story, known: Known, signed_in: SignedIn
) -> None:
    client, wrong, taken = signed_in(username), {}, 0
    tables = ("orang", "baris_semua", "peserta", "peserta_menunggu", "belum_menerima", "klaim", "temuan", "pembayaran",
              "tunggakan", "iuran", "catatan", "daftar")  # fmt: skip
    pages = [reverse(name) for name in tables]
    pages += [reverse("keputusan_isi", args=[story.decree_id]), reverse("daftar_isi", args=[story.oebufu_list])]
    for address in pages:
        answer = client.post(address, {"ekspor": form, "alasan": "uji kerahasiaan"})
        if answer.status_code == 200 and "Content-Disposition" in answer.headers:
            taken += 1
            if found := list(_leaks(username, _text(answer), reasoned=True)):
                wrong[address] = found
    sheet = client.post(reverse("daftar_lembar", args=[story.oebufu_list]))
    sends = "lists.receive" in ROLES[USERS[username][0]].may  # whoever sends the list has it already, whole
    if sheet.status_code == 200 and not sends and (found := list(_leaks(username, _text(sheet), reasoned=True))):
        wrong["lembar"] = found
    assert wrong == {}
    assert taken or "table.export" not in ROLES[USERS[username][0]].may


def test_who_may_see_it_does_see_it(known: Known, signed_in: SignedIn) -> None:
    """The walk above would be silent about pages that show nothing: here each value is shown to who may see it."""
    address = reverse("seseorang", args=[known.person_id])
    page = _text(signed_in("dinas").get(address))
    assert all(value in page for value in (VALUES["phone"], "RT R97 RW W98", "29 Mar 1957"))
    assert VALUES["nik"] not in page
    whole = _text(signed_in("dinas").post(address, {"alasan": "mencocokkan kartu"}))
    assert VALUES["nik"] in whole
    assert VALUES["no_kk"] in whole
    row = _text(signed_in("lurah.oebufu").get(reverse("baris", args=[known.row_id])))
    assert VALUES["mother_name"] in row
    export = signed_in("dinas").post(reverse("orang"), {"ekspor": "csv", "alasan": "uji kerahasiaan"})
    assert VALUES["nik"] in _text(export)
    assert "1957-03-29" in _text(export)
    treasurer = _text(signed_in("bendahara").post(reverse("orang"), {"ekspor": "csv", "alasan": "uji kerahasiaan"}))
    assert "5371••••••••0777" in treasurer


def test_the_words_of_a_paper_are_read(known: Known, signed_in: SignedIn) -> None:
    """A walk that could not read a PDF would find no leak in one: here it reads what it looks for."""
    answer = signed_in("dinas").get(reverse("dokumen", args=[known.paper_id]))
    assert answer.status_code == 200
    said = _text(answer)
    assert all(value in said for value in (VALUES["nik"], VALUES["no_kk"], VALUES["phone"]))
    assert any(written in said for written in BORN_WRITTEN)
    assert [*_leaks("bpjs", said, reasoned=False)]
    assert signed_in("bpjs").get(reverse("dokumen", args=[known.paper_id])).status_code == 404
