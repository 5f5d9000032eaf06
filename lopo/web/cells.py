"""How one value is written: money, days, masked numbers, badges with word and icon."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language

from lopo.basics import privacy
from lopo.basics.calendar import Month, date_long, date_text
from lopo.basics.money import rupiah_text
from lopo.web.words import mark_of

DOT = privacy.DOT
masked = privacy.ends
name_masked = privacy.initials


def icon(name: str, extra: str = "") -> SafeString:
    """Draw an icon of the sprite; it is decoration, the word beside it is what counts."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        extra,
        static("lopo/icons.svg"),
        name,
    )


def badge(code: str) -> SafeString:
    """Write a state or verdict as a badge: tone, icon and word."""
    return _badge(code, get_language() or "")


@lru_cache(maxsize=500)
def _badge(code: str, _language: str) -> SafeString:
    mark = mark_of(code)
    return format_html('<span class="badge {}">{}{}</span>', mark.tone, icon(mark.icon), mark.word)


def badges(codes: Iterable[str]) -> SafeString:
    """Write several codes side by side."""
    inner = format_html_join("", "{}", ((badge(code),) for code in codes))
    return format_html('<span class="badges">{}</span>', inner) if inner else mark_safe("")


def day_text(day: date | None) -> str:
    """Write a day as `3 Sep 2025`, a dash where there is none."""
    if day is None:
        return "–"
    return date_text(day) if _indonesian() else date_format(day, "j M Y")


def day_long(day: date) -> str:
    """Write a day as `3 September 2025`."""
    return date_long(day) if _indonesian() else date_format(day, "j F Y")


def month_text(day: date) -> str:
    """Write the month of a day as `Juli 2025`."""
    return Month.of(day).text() if _indonesian() else date_format(day, "F Y")


def month_short(day: date) -> str:
    """Write the month of a day as `Jul`."""
    return date_text(day).split()[1] if _indonesian() else date_format(day, "M")


def moment_text(moment: datetime) -> str:
    """Write a moment in the office's time zone as `3 Sep 2025 14.05`."""
    there = localtime(moment)
    return f"{day_text(there.date())} {there:%H.%M}"


def number_text(number: int) -> str:
    """Write a count with points for thousands (commas in English)."""
    return f"{number:,}".replace(",", ".") if _indonesian() else f"{number:,}"


def permil(tenths: int) -> str:
    """Write tenths of a percent as `83,4 %` (`83.4 %` in English)."""
    whole, tenth = divmod(tenths, 10)
    return f"{whole}{',' if _indonesian() else '.'}{tenth} %" if tenth else f"{whole} %"


def money(amount: int | None) -> str:
    """Write whole rupiah as `Rp 42.000.000`, a dash where there is none."""
    return "–" if amount is None else rupiah_text(amount)


def plain(value: object) -> str:
    """Write any other value: yes and no in words, a dash for nothing."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(mark_of("ya" if value else "tidak").word)
    return str(value)


def time_tag(day: date | None) -> SafeString:
    """Write a day so that machines read it too."""
    return mark_safe("–") if day is None else _time_tag(day, get_language() or "")


@lru_cache(maxsize=5_000)
def _time_tag(day: date, _language: str) -> SafeString:
    return format_html('<time class="nowrap" datetime="{}">{}</time>', day.isoformat(), day_text(day))


def linked(text: str | SafeString, href: str) -> SafeString:
    """Write a text as a link, bare where there is no address."""
    return format_html('<a href="{}">{}</a>', href, text) if href else SafeString(escape(text))


def _indonesian() -> bool:
    return (get_language() or "id").startswith("id")


def bar_svg(parts: tuple[tuple[str, int], ...]) -> SafeString:
    """Draw counts as one bar; the pattern of each part beside its colour says what it is."""
    total = sum(count for _tone, count in parts)
    if total <= 0:
        return mark_safe('<svg class="bar-svg" aria-hidden="true"></svg>')
    shapes, start = [], 0
    for tone, count in parts:
        if count:
            shapes.append((_percent(start, total), _percent(count, total), tone))
        start += count
    inner = format_html_join("", '<rect x="{}%" y="0" width="{}%" height="100%" class="fill-{}"/>', shapes)
    return format_html('<svg class="bar-svg" aria-hidden="true">{}</svg>', inner)


def _percent(part: int, total: int) -> str:
    """Give a share in percent with two decimals, in whole numbers."""
    hundredths = part * 10_000 // total
    return f"{hundredths // 100}.{hundredths % 100:02d}"
