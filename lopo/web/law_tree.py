"""Why the law gives an answer, as a tree that opens step by step, in the language of the page."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from lopo.law.decision import FACT, RULE, Decision
from lopo.law.explanation import Ground, tree
from lopo.web.cells import badge, icon
from lopo.web.law_day import READ, LawDay, page_of, said
from lopo.web.texts import language

_KINDS = {RULE: "rule", FACT: "fact"}
_NOTHING = mark_safe("")


def tree_html(decision: Decision, at: LawDay) -> SafeString:
    """Draw the answers with all that they rest on; a step that was opened before is only named again."""
    told: set[str] = set()
    inner = format_html_join("", "{}", ((_branch(ground, at, told, first=True),) for ground in tree(decision)))
    return format_html('<ul class="tree">{}</ul>', inner)


def _branch(ground: Ground, at: LawDay, told: set[str], *, first: bool = False) -> SafeString:
    step = ground.step
    again = step.name in told
    told.add(step.name)
    kind = _KINDS.get(step.kind, "number")
    sure = _NOTHING if step.status in (READ, "given") else format_html(" {}", badge(step.status))
    article = format_html('<span class="article">{}{}</span>', step.source, sure) if step.source else _NOTHING
    value = said(step.value, step.unit)
    if again or not ground.grounds:
        href = page_of(step.name, at)
        words = format_html('<a href="{}">{}</a> <strong>{}</strong>', href, step.caption(language()), value)
        return format_html(
            '<li class="{}"><div class="leaf"><span class="says">{}</span>{}</div></li>', kind, words, article
        )
    words = format_html("<span>{}</span> <strong>{}</strong>", step.caption(language()), value)
    inner = format_html_join("", "{}", ((_branch(one, at, told),) for one in ground.grounds))
    return format_html(
        '<li class="{}"><details{}><summary>{}<span class="says">{}</span>{}</summary><ul>{}</ul></details></li>',
        kind, mark_safe(" open") if first else _NOTHING, icon("right", "turn"), words, article, inner,
    )  # fmt: skip
