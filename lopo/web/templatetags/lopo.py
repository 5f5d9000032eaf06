"""Filters and tags: our ways of writing values, for templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lopo.financing.queries import BudgetRow
from lopo.staff.roles import Role
from lopo.web import cells, frame, refusals, rows, texts
from lopo.web.door import Visitor
from lopo.web.programmes import FIELD
from lopo.web.strip import SummedMonth
from lopo.web.words import ROLES, mark_of

register = template.Library()
register.simple_tag(cells.icon, name="icon")
register.filter("badge", cells.badge)
register.filter("badges", cells.badges)
register.filter("day", cells.time_tag)
register.filter("day_long", cells.day_long)
register.filter("month", cells.month_text)
register.filter("month_short", cells.month_short)
register.filter("moment", cells.moment_text)
register.filter("number", cells.number_text)
register.filter("rupiah", cells.money)
register.filter("permil", cells.permil)
register.filter("masked", cells.masked)
register.filter("plain", cells.plain)
register.filter("area", frame.area_name)
register.filter("area_line", frame.area_line)
register.filter("local", texts.local)
register.filter("in_words", texts.in_words)
register.filter("refused", refusals.said)
register.filter("reason_label", rows.reason_label)


@register.filter
def word(code: str) -> str:
    """Give the word of a code."""
    return str(mark_of(code).word)


@register.filter
def answer_badge(code: str) -> SafeString:
    """Write an answer about a row in doubt as a badge."""
    return cells.badge(f"ragu_{code}")


@register.filter
def billed_open(budget: BudgetRow) -> int:
    """Give what is billed and not paid yet of a budget line, in rupiah."""
    return budget.committed - budget.paid


@register.filter
def may(who: Visitor, permission: str) -> bool:
    """Say whether the visitor holds a permission anywhere, so that no page offers a way that ends in a refusal."""
    return who.may(permission)


@register.filter
def role_title(role: Role) -> str:
    """Give the title of a role in the language of the page."""
    return str(ROLES[role.code][0]) if role.code in ROLES else role.title


@register.filter
def role_sentence(role: Role) -> str:
    """Say in a sentence what a role is for."""
    return str(ROLES[role.code][1]) if role.code in ROLES else role.sentence


@register.filter
def of(part: int, whole: int) -> int:
    """Give part of whole in tenths of a percent for a drawn bar; 0 where there is nothing to divide by."""
    return min(1000, part * 1000 // whole) if whole > 0 else 0


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """Draw one question of a form: label, hint, field, error."""
    described = [
        f"{bound.auto_id}_{part}"
        for part, there in (("hint", hint or bound.help_text), ("error", bound.errors))
        if there
    ]
    attributes: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {"field": bound, "hint": hint or bound.help_text, "widget": bound.as_widget(attrs=attributes)}


@register.simple_tag(takes_context=True)
def this_programme(context: Context) -> SafeString:
    """Write the programme that a page shows into its form, so that another window cannot change what is meant."""
    chooser = context.get("chooser")
    if chooser is None:
        return SafeString("")
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, chooser.shown.code)


@register.filter
def summed_bar(month: SummedMonth) -> SafeString:
    """Draw one month of the summed strip."""
    return cells.bar_svg(month.parts)


@register.simple_tag
def bar(*parts: object) -> SafeString:
    """Draw a bar of parts given as tone, count, tone, count ... as one SVG without styles."""
    tones, counts = parts[0::2], [count if isinstance(count, int) else 0 for count in parts[1::2]]
    return cells.bar_svg(tuple(zip(map(str, tones), counts, strict=True)))
