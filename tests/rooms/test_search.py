"""What a search box understands, and that a person is found by how the words of the name begin, in the own area."""

from __future__ import annotations

import pytest
from django.db import connection

from lopo.basics.page import Asked
from lopo.people import paging
from lopo.people.models import Person
from lopo.people.paging import Kind, Sought, sought
from lopo.people.queries import PersonFilter, persons_page, residents_found

CITY = ("53.71",)
PEOPLE = (
    ("Maria Fransiska Nahak", "53.71.04.1009"),
    ("Mariana Nahak Seran", "53.71.04.1009"),
    ("YENI O'TOTE-NALLE", "53.71.01.1001"),
    ("Yohanes  B. da Silva", "53.71.01.1001"),
    ("Maria Nahas", "53.71.01.1004"),
    ("José Ximenes", "53.71.01.1004"),
)


@pytest.mark.parametrize(
    ("search", "meant"),
    [
        ("", Sought(Kind.ALL)),
        ("  \t ", Sought(Kind.ALL)),
        ("5371040911690019", Sought(Kind.NUMBER, "5371040911690019")),
        ("53.71.04.091169.0019", Sought(Kind.NUMBER, "5371040911690019")),
        (" 5371 0409 1169 0019 ", Sought(Kind.NUMBER, "5371040911690019")),
        ("'5371040911690019", Sought(Kind.NUMBER, "5371040911690019")),
        ("\u200e5371040911690019\u202c", Sought(Kind.NUMBER, "5371040911690019")),
        ("５３７１０４０９１１６９００１９", Sought(Kind.NUMBER, "5371040911690019")),
        ("0012345", Sought(Kind.NUMBER, "0012345")),
        ("537", Sought(Kind.NOBODY)),
        ("٥٣٧١", Sought(Kind.NAME, "٥٣٧١")),  # digits that no number of ours is written in
        ("?!%_", Sought(Kind.NOBODY)),
        ("\u200f\u202e", Sought(Kind.NOBODY)),
        ("\x00';--", Sought(Kind.NOBODY)),
        ("maria\x00nahak", Sought(Kind.NAME, "maria nahak")),
        ("Maria\u00a0 Nahak", Sought(Kind.NAME, "Maria Nahak")),
        ("o'to", Sought(Kind.NAME, "o'to")),
        ("nomor 2", Sought(Kind.NAME, "nomor 2")),
    ],
)
def test_what_is_sought(search: str, meant: Sought) -> None:
    assert sought(search) == meant


@pytest.fixture
def people(db: None) -> None:
    """Give six persons in three kelurahan."""
    for place, (name, area) in enumerate(PEOPLE):
        Person.objects.create(
            nik=f"53710409116900{place + 10}", name=name, sex="L", born="1969-11-09", no_kk="5371", area_code=area
        )


@pytest.mark.parametrize(
    ("search", "areas", "names"),
    [
        ("maria", CITY, ["Maria Fransiska Nahak", "Maria Nahas", "Mariana Nahak Seran"]),
        ("nahak MARIA", CITY, ["Maria Fransiska Nahak", "Mariana Nahak Seran"]),
        ("mariana", CITY, ["Mariana Nahak Seran"]),  # longer than what is kept of a word
        ("fransiskus", CITY, []),
        ("fransiska", CITY, ["Maria Fransiska Nahak"]),
        ("naha m", CITY, ["Maria Fransiska Nahak", "Maria Nahas", "Mariana Nahak Seran"]),
        ("da y", CITY, ["Yohanes  B. da Silva"]),  # two letters
        ("di y", CITY, []),
        ("tote", CITY, ["YENI O'TOTE-NALLE"]),
        ("o'tote yen", CITY, ["YENI O'TOTE-NALLE"]),
        ("nalle", CITY, ["YENI O'TOTE-NALLE"]),
        ("b.", CITY, ["Yohanes  B. da Silva"]),
        ("josé", CITY, ["José Ximenes"]),
        ("hanes", CITY, ["Yohanes  B. da Silva"]),  # no word begins so: what stands inside one is found then
        ("maria", ("53.71.04.1009",), ["Maria Fransiska Nahak", "Mariana Nahak Seran"]),
        ("maria", ("53.71.04",), ["Maria Fransiska Nahak", "Mariana Nahak Seran"]),
        ("maria", ("53.71.01.1004", "53.71.04"), ["Maria Fransiska Nahak", "Maria Nahas", "Mariana Nahak Seran"]),
        ("ximenes", ("53.71.04",), []),
        ("maria", (), []),
        ("back\\slash ' & | ! :* (", CITY, []),
    ],
)
def test_a_name_is_found_by_how_its_words_begin(
    people: None, search: str, areas: tuple[str, ...], names: list[str]
) -> None:
    found = persons_page(PersonFilter(areas, search), Asked())
    assert (sorted(row.name for row in found.rows), found.total, found.more) == (sorted(names), len(names), False)


def test_a_changed_name_or_area_is_found_as_it_is_now(people: None) -> None:
    Person.objects.filter(name="Maria Nahas").update(name="Dominggus Nahas", area_code="53.71.04.1009")
    assert persons_page(PersonFilter(("53.71.04.1009",), "dom nahas"), Asked()).total == 1
    assert persons_page(PersonFilter(("53.71.01.1004",), "maria"), Asked()).total == 0


def test_what_is_found_too_often_is_not_counted_out(
    people: None, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    monkeypatch.setattr(paging, "MOST", 2)
    with django_assert_num_queries(2):
        page = persons_page(PersonFilter(CITY, "maria"), Asked())
    assert (len(page.rows), page.total, page.more) == (2, 2, True)
    exported = persons_page(PersonFilter(CITY, "maria"), Asked(size=0))
    assert (len(exported.rows), exported.total, exported.more) == (3, 3, False)
    with django_assert_num_queries(3):
        assert persons_page(PersonFilter(CITY, "hanes"), Asked()).total == 1


def test_the_index_is_asked_for_every_word_and_for_the_area(people: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    query = Person.objects.filter(words__asked=paging.words_asked("nahak mariana", ("53.71.04",)))
    assert "Bitmap Index Scan on person_words" in query.explain()
    assert query.count() == 1


def test_among_residents_few_signs_find_nobody(people: None) -> None:
    assert residents_found("537", CITY) == residents_found("ma", CITY) == residents_found("\u200f", CITY) == ()
