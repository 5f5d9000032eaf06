"""The page of the matching model: what it weighs, how right it was on the desk's answers, drafts, and going back."""

from __future__ import annotations

from collections.abc import Mapping
from math import log2
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lopo.people.batch.likelihood import LEVELS, REGISTER_MODEL
from lopo.people.batch.linkage_costs import PERSONS
from lopo.people.batch.linkage_model import Model
from lopo.people.batch.linkage_taught import LEAST_ANSWERS
from lopo.people.batch.waterfall import level_said, percent, signed
from lopo.targeting import queries as targeting
from lopo.targeting.actions import linkage as actions
from lopo.targeting.queries import linkage as queries
from lopo.targeting.queries.linkage import ModelRow
from lopo.web.cells import number_text
from lopo.web.door import Visitor, desk
from lopo.web.programmes import programme_shown
from lopo.web.works import Job, begin

_MOST_BITS = 20.0
QUALITY: dict[str, str | Promise] = {
    "program": _("model bawaan"),
    "berlaku": _("model yang berlaku saat itu"),
    "baru": _("model baru, dari data saja"),
    "baru_meja": _("model baru, dengan pelajaran meja (diuji pada jawaban yang tidak dipelajarinya)"),
}
VERDICTS: dict[str, str | Promise] = {"pasti": _("pasti"), "ragu": _("ragu"), "bukan": _("bukan")}


def _language() -> int:
    return 0 if (get_language() or "id").startswith("id") else 1


def weights_said(model: Model) -> list[dict[str, Any]]:
    """Give each comparison with its levels in words, the weight, and how long and on which side its bar is."""
    at = _language()
    return [
        {
            "title": words[at],
            "levels": [
                {"said": level_said(one.code)[at], "bits": signed(one.bits, at), "for": one.bits >= 0,
                 "wide": round(min(abs(one.bits), _MOST_BITS) / _MOST_BITS * 100)}
                for one in model.weights[name] if one.weighed
            ],
        }
        for name, (words, _codes) in LEVELS.items()
    ]  # fmt: skip


def thresholds_said() -> dict[str, str]:
    """Give the two thresholds in percent and in bits, and the costs that they follow from."""
    at = _language()
    return {
        "sure": percent(PERSONS.sure_from, at),
        "no": percent(PERSONS.no_below, at),
        "sure_bits": signed(log2(PERSONS.sure_from / (1 - PERSONS.sure_from)), at),
        "no_bits": signed(log2(PERSONS.no_below / (1 - PERSONS.no_below)), at),
        "wrong": number_text(round(PERSONS.wrong)),
        "missed": number_text(round(PERSONS.missed)),
        "look": number_text(round(PERSONS.look)),
    }


def draft_said(who: Visitor, row: ModelRow) -> dict[str, Any]:
    """Give one trained model with what changed, how it was measured, and what this visitor may do with it."""
    told: Mapping[str, Any] = row.measured
    at = _language()
    moved = sorted(told.get("shifts", ()), key=lambda one: -abs(one["after"] - one["before"]))[:6]
    return {
        "row": row,
        "rows": [number_text(one) for one in told.get("rows", ())],
        "desk": told.get("desk"),
        "moved": [
            {"what": f"{LEVELS[one['name']][0][at]}: {level_said(one['code'])[at]}", "learned": one["learned"],
             "before": signed(one["before"], at), "after": signed(one["after"], at)}
            for one in moved
        ],
        "agreement": [
            {"before": VERDICTS[pair.split("_")[0]], "after": VERDICTS[pair.split("_")[1]], "count": count}
            for pair, count in sorted(told.get("agreement", {}).items())
        ],
        "quality": [_quality_said(name, one) for name, one in told.get("quality", {}).items() if one["labels"]],
        "may_activate": not row.active and row.made_by_id != who.officer.id and who.may("doubt.check"),
        "own": not row.active and row.made_by_id == who.officer.id,
    }  # fmt: skip


def _quality_said(name: str, one: Mapping[str, Any]) -> dict[str, Any]:
    at = _language()
    return {
        "title": QUALITY[name],
        "labels": one["labels"],
        "told": [(VERDICTS[v], one["told"][f"{v}_sama"], one["told"][f"{v}_beda"]) for v in VERDICTS],
        "precision": _share_said(one["precision"], at),
        "recall": _share_said(one["recall"], at),
        "brier": f"{one['brier']:.3f}".replace(".", "," if at == 0 else "."),
    }


def _share_said(one: Mapping[str, Any], at: int) -> str:
    if not one["whole"]:
        return gettext("belum ada")
    low, high = percent(one["low"], at), percent(one["high"], at)
    return gettext("%(part)s dari %(whole)s (antara %(low)s dan %(high)s)") % {
        "part": number_text(one["part"]), "whole": number_text(one["whole"]), "low": low, "high": high,
    }  # fmt: skip


@desk("lists.read")
def linkage(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Show the model in force, the answers so far, and every model that was trained."""
    every = queries.linkage_models()
    now = next((one for one in every if one.active), None)
    model = queries.model_in_force()
    pairs, _told_by, left = queries.labels()
    programme = programme_shown(request, who)
    screening = targeting.screening_in_force(programme.id) if programme else None
    used = queries.model_used(screening.id) if screening else None
    context = {
        "model": model, "now": now, "own": now is not None, "weights": weights_said(model), "limits": thresholds_said(),
        "kept": REGISTER_MODEL, "rows": [number_text(one) for one in model.rows],
        "desk_shift": signed(model.desk.shift, _language()) if model.desk else "",
        "answers": len({one.row for one in pairs}), "pairs": len(pairs), "same": sum(1 for one in pairs if one.same),
        "left": left, "least": LEAST_ANSWERS, "models": [draft_said(who, one) for one in every],
        "stale": used is not None and used[1] != model.hash, "programme": programme,
        "may_train": who.may("registers.load") and programme is not None, "may_screen": who.may("lists.screen"),
        "may_go_back": now is not None and who.may("doubt.check"),
    }  # fmt: skip
    return render(request, "linkage.html", context)


@require_POST
@desk("registers.load")
def train(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Order the training of a new model on the registers in force and the lists of the programme shown."""
    programme = programme_shown(request, who)
    if programme is None:
        return render(request, "no_programme.html")
    return begin(who, Job("lopo.train_linkage", gettext("Melatih model pencocokan"), {"programme_id": programme.id}))


@require_POST
@desk("doubt.check")
def activate(request: HttpRequest, who: Visitor, model_id: int) -> HttpResponse:
    """Put a model in force that another officer trained."""
    actions.activate_linkage(by=who.officer, on=who.on, model_id=model_id)
    return redirect("model_pencocokan")


@require_POST
@desk("doubt.check")
def go_back(request: HttpRequest, who: Visitor, model_id: int) -> HttpResponse:
    """Go back to the model that was in force before."""
    actions.former_linkage(by=who.officer, on=who.on, model_id=model_id)
    return redirect("model_pencocokan")
