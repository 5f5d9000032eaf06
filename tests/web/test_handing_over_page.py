"""The desk of cards: invited areas, receipts with a witness, wrong receipts, and cards that are printed again."""

from __future__ import annotations

from lopo.basics.page import Asked
from lopo.coverage import queries as coverage
from lopo.staff import queries as staff
from tests.web.conftest import SignedIn
from tests.web.story import OEBUFU, TODAY, Story


def waiting(story: Story) -> coverage.UndeliveredRow:
    wanted = coverage.UndeliveredFilter((OEBUFU,), story.programme_id, "kartu")
    rows = coverage.undelivered_page(wanted, Asked(size=0, sort="name"), on=TODAY).rows
    return next(row for row in rows if row.printed)


def test_an_event_invites_an_area_and_a_wrong_receipt_is_taken_back(story: Story, signed_in: SignedIn) -> None:
    office = signed_in("dinas")
    event = {"nama": "Oebobo", "tempat": "Kantor camat", "tanggal": TODAY.isoformat(), "wilayah": "53.71.04"}
    address = office.post("/peserta/penyerahan", event).url  # type: ignore[attr-defined]
    one = waiting(story)
    page = office.get(address, {"cari": one.name}).content.decode()
    assert "Cetak kartu untuk" in page
    assert one.name in page
    assert story.neighbour.name not in office.get(address, {"cari": story.neighbour.name}).content.decode().split(
        "Peserta yang belum menerima"
    )[-1].replace(f'value="{story.neighbour.name}"', "")
    seen = {"kartu": str(one.membership_id), f"nama-{one.membership_id}": one.name, "bukti": "saksi"}
    assert "nama saksi" in office.post(address, seen, follow=True, headers={"referer": address}).content.decode()
    office.post(address, seen | {"saksi": "MARTHA NALLE"})
    (receipt,) = (row for row in coverage.receipts_of_person(one.person_id) if row.item == "kartu")
    assert receipt.witness == "MARTHA NALLE"
    assert "MARTHA NALLE" in office.get(address).content.decode()
    back = f"/peserta/tanda-terima/{receipt.id}/batalkan"
    assert signed_in("tamu").post(back, {"alasan": "bukan dia"}).status_code == 403
    told = office.post(back, {"alasan": "bukan dia yang menerima"}, follow=True).content.decode()
    assert "tampak lagi" in told
    assert "tidak berlaku sejak" in office.get(address).content.decode()
    assert one.membership_id == waiting(story).membership_id or one.name in told


def test_a_lost_card_is_printed_again_with_its_reason(story: Story, signed_in: SignedIn) -> None:
    one = waiting(story)
    way = f"/peserta/kartu/{one.membership_id}"
    clerk = signed_in("lurah.oebufu")
    waits = {"cari": one.name}
    assert f'href="{way}"' in clerk.get("/peserta/belum-menerima", waits).content.decode()
    assert f'href="{way}"' not in signed_in("tamu").get("/peserta/belum-menerima", waits).content.decode()
    assert one.name in clerk.get(way).content.decode()
    assert clerk.get(f"/peserta/kartu/{story.neighbour.id}").status_code == 404
    assert clerk.post(way, {"sebab": "hilang", "alasan": "x"}).status_code == 422
    begun = clerk.post(way, {"sebab": "hilang", "alasan": "jatuh ke laut"})
    assert begun.status_code == 302
    wanted = coverage.CardsWanted(story.programme_id, membership_id=one.membership_id)
    assert [card.edition for card in coverage.card_rows(wanted)] == [2]
    deeds = [row.action for row in staff.diary_of("coverage.membership", str(one.membership_id))]
    assert "replace_card" in deeds
    again = clerk.post(way, {"sebab": "hilang", "alasan": "jatuh ke laut"})
    assert again.status_code == 422
    assert "sudah dicetak lagi" in again.content.decode()
