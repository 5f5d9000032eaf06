"""The office's models of linkage: a draft is kept, another officer puts it in force, one step goes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from lopo.basics.refusal import Refused
from lopo.people.batch.linkage_model import Model
from lopo.staff.actions import Deed, record
from lopo.staff.models import Officer
from lopo.staff.queries import require
from lopo.targeting.models import LinkageModel, ScreeningModel
from lopo.targeting.queries.linkage import is_as_kept, model_of


def draft_linkage(*, by: Officer, on: date, model: Model, measured: Mapping[str, Any]) -> int:
    """Keep a trained model with how it was measured; needs `registers.load`. Nothing goes by it until it is activated.

    Gives its id. Refused: the very model is there already.
    """
    require(by, "registers.load", on=on)
    body = model.to_json()
    with transaction.atomic():
        try:
            with transaction.atomic():
                made = LinkageModel.objects.create(
                    name=model.name, body=body, sha256=model.hash, trained_on=model.trained_on,
                    measured=dict(measured), made_by=by,
                )  # fmt: skip
        except IntegrityError as error:
            raise Refused("model_sudah_ada", "Model yang persis sama sudah disimpan; datanya belum berubah.") from error
        after = {"name": model.name, "rows": list(model.rows), "labels": model.desk.labels if model.desk else 0}
        record(by=by, on=on, deed=Deed("draft_linkage", "targeting.linkagemodel", made.id, after=after))
    return made.id


def activate_linkage(*, by: Officer, on: date, model_id: int) -> None:
    """Put a draft in force for the next screening; needs `doubt.check`, and another officer than trained it.

    What was screened stays as it is until somebody screens again. Refused: no such model, one's own, one in force, or
    one that cannot be read or is not as it was written.
    """
    require(by, "doubt.check", on=on)
    with transaction.atomic():
        rows = {one.id: one for one in LinkageModel.objects.select_for_update().order_by("id")}
        chosen = rows.get(model_id)
        if chosen is None:
            raise Refused("model_tidak_ada", "Model pencocokan ini tidak ada.")
        if chosen.made_by_id == by.id:
            raise Refused("pembuat_bukan_pemeriksa", "Yang melatih model tidak boleh memberlakukannya sendiri.")
        if chosen.active:
            raise Refused("model_sudah_berlaku", "Model ini sudah berlaku; muat ulang halaman.")
        model_of(chosen.body, chosen.sha256)
        before = next((one for one in rows.values() if one.active), None)
        if chosen.id in _formers(before, rows):
            raise Refused("model_sebelum_ini", "Model ini berlaku sebelum yang sekarang; pakai tombol kembali.")
        if before is not None:
            LinkageModel.objects.filter(pk=before.id).update(active=False)
        LinkageModel.objects.filter(pk=chosen.id).update(
            active=True, activated_by=by, activated_on=on, former_id=before.id if before else None
        )
        told = {"name": before.name} if before else None
        deed = Deed(
            "activate_linkage", "targeting.linkagemodel", chosen.id, before=told, after={"name": chosen.name}
        )  # fmt: skip
        record(by=by, on=on, deed=deed)


def former_linkage(*, by: Officer, on: date, model_id: int) -> None:
    """Take the model in force out of force and put back what was before it; needs `doubt.check`.

    One officer may: what comes back was in force by two, or comes with the program. Refused: it is not in force, or
    what comes back cannot be read or is not as it was written.
    """
    require(by, "doubt.check", on=on)
    with transaction.atomic():
        now = LinkageModel.objects.select_for_update().filter(pk=model_id, active=True).first()
        if now is None:
            raise Refused("model_tidak_berlaku", "Model ini tidak berlaku lagi; muat ulang halaman.")
        LinkageModel.objects.filter(pk=now.id).update(active=False)
        if now.former is not None:
            _check_former(now.former)
            LinkageModel.objects.filter(pk=now.former.id).update(active=True)
        after = {"former": now.former_id}
        deed = Deed(
            "former_linkage", "targeting.linkagemodel", now.id, before={"name": now.name}, after=after
        )  # fmt: skip
        record(by=by, on=on, deed=deed)


def _check_former(model: LinkageModel) -> None:
    """Refuse a former model that is not as it was kept; the way out is to put another one in front of it."""
    if not is_as_kept(model.body, model.sha256):
        raise Refused(
            "model_lama_berubah",
            f"Model sebelumnya, {model.name}, tidak lagi seperti saat disimpan. Model sekarang tetap berlaku; latih "
            "model baru, lalu petugas lain memberlakukannya.",
        )
    model_of(model.body, model.sha256)


def _formers(model: LinkageModel | None, rows: Mapping[int, LinkageModel]) -> list[int]:
    """The ids of what was in force before a model, step by step; to put one of them in front would make a circle."""
    found: list[int] = []
    while model is not None and model.former_id is not None and model.former_id not in found:
        found.append(model.former_id)
        model = rows.get(model.former_id)
    return found


def keep_model_used(screening_id: int, model: Model) -> None:
    """Keep by which model a screening went; a part of the recording of that screening."""
    ScreeningModel.objects.create(screening_id=screening_id, name=model.name, sha256=model.hash)
