"""The cover of many people on a day as one table expression, with the meaning of lopo.law.cover.

Steps, so that plain SQL can mirror them: (1) the payments known on the day, one a month; (2) a grid of each person's
months from the first paid one to the last due one; (3) a lapse is a month on whose due date it and the months before
it, more than the limit in all, were unpaid: a window minimum of the payment day lies after the due date; (4) the start
is the first paid month, or after the last lapse the month by whose payment cover came back soonest; (5) unpaid months
since the start are numbered in runs (gaps and islands) and the longest run counts.
"""

from datetime import date

import ibis
import ibis.expr.types as ir

from lopo.basics.calendar import Month
from lopo.law.cover import FAR, arrears_limit, last_due
from lopo.law.deadlines import contribution_due


def cover_table(members: ir.Table, paid: ir.Table, first: Month, day: date) -> ir.Table:
    """One row a member with `person, nomor_terbit, bulan_kepesertaan, bulan_menunggak`, the facts of cover on the day.

    members: person, number_issued_on (date or NULL). paid: person, month (its first day), paid_on. first: no payment is
    for a month before it.
    """
    known = paid.filter(paid.paid_on <= day).group_by("person", "month").aggregate(paid_on=lambda t: t.paid_on.min())
    known = known.mutate(index=_index(known.month))
    starts = known.group_by("person").aggregate(start0=lambda t: t.index.min())
    months = _months(first, day)
    grid = starts.join(months, months.index >= starts.start0).select("person", "start0", "index", "due")
    grid = grid.left_join(known, ["person", "index"]).select(
        "person", "start0", "index", "due", paid_on=ibis.coalesce(known.paid_on, ibis.literal(FAR))
    )
    begun = _start_again(starts, known, _last_lapse(grid, day), members, day)
    runs = _longest_runs(grid, begun)
    return _facts(members, begun, runs, day)


def _index(month: ir.Value) -> ir.Value:
    return (month.year().cast("int64") * 12 + month.month().cast("int64") - 1).cast("int64")


def _months(first: Month, day: date) -> ir.Table:
    last = last_due(day)
    months = list(first.through(max(first, last)))
    rows = {"index": [month.index for month in months], "due": [contribution_due(month) for month in months]}
    table = ibis.memtable(rows, schema={"index": "int64", "due": "date"})
    return table.filter(table.index <= last.index)


def _last_lapse(grid: ir.Table, day: date) -> ir.Table:
    """For each person that ever lapsed: the last month of a lapse and its due date."""
    limit = arrears_limit(day)
    window = ibis.window(group_by="person", order_by="index", preceding=limit, following=0)
    marked = grid.mutate(earliest=grid.paid_on.min().over(window))
    lapsed = marked.filter((marked.earliest > marked.due) & (marked.index - marked.start0 >= limit))
    return lapsed.group_by("person").aggregate(lapse=lambda t: t.index.max(), lapsed_on=lambda t: t.due.max())


def _start_again(starts: ir.Table, known: ir.Table, lapses: ir.Table, members: ir.Table, day: date) -> ir.Table:
    """For each person with a payment: the month in which the present cover starts, when it begins, and if it lapsed."""
    later = known.join(lapses, "person")
    later = later.filter((later.index >= later.lapse) & (later.paid_on > later.lapsed_on))
    later = later.mutate(again_on=ibis.greatest(later.paid_on, later.month))
    later = later.mutate(first_on=later.again_on.min().over(group_by=later.person))
    soonest = later.filter(later.again_on == later.first_on)
    back = soonest.group_by("person").aggregate(again=lambda t: t.index.min(), again_on=lambda t: t.again_on.min())
    first = known.group_by("person").aggregate(first_month=lambda t: t.month.min())
    work = starts.join(first, "person").join(members, "person").left_join(lapses, "person").drop("person_right")
    work = work.left_join(back, "person").drop("person_right")
    returned = ibis.coalesce(work.again_on <= ibis.literal(day), ibis.literal(False))
    lapsed = work.lapse.notnull() & ~returned
    return work.select(
        "person",
        "number_issued_on",
        lapsed=lapsed,
        start=ibis.ifelse(returned, work.again, work.start0),
        begins=ibis.ifelse(returned, work.again_on, ibis.greatest(work.number_issued_on, work.first_month)),
    )


def _longest_runs(grid: ir.Table, begun: ir.Table) -> ir.Table:
    """For each person the longest run of unpaid months since the start."""
    since = grid.join(begun, "person")
    since = since.filter(since.index >= since.start).select("person", "index", "paid_on")
    unpaid = since.filter(since.paid_on == ibis.literal(FAR))
    place = ibis.row_number().over(group_by=unpaid.person, order_by=unpaid.index)
    islands = unpaid.mutate(island=unpaid.index - place)
    runs = islands.group_by("person", "island").aggregate(run=lambda t: t.count())
    return runs.group_by("person").aggregate(run=lambda t: t.run.max())


def _facts(members: ir.Table, begun: ir.Table, runs: ir.Table, day: date) -> ir.Table:
    work = members.select("person").left_join(begun, "person").drop("person_right")
    work = work.left_join(runs, "person").drop("person_right")
    has_number = ibis.coalesce(work.number_issued_on <= ibis.literal(day), ibis.literal(False))
    running = ibis.coalesce(~work.lapsed & (work.begins <= ibis.literal(day)), ibis.literal(False))
    running = running & work.number_issued_on.notnull()
    lapsed = ibis.coalesce(work.lapsed, ibis.literal(False)) & work.number_issued_on.notnull()
    run = work.run.fill_null(0)
    month = Month.of(day).index - _index(work.begins) + 1
    return work.select(
        "person",
        nomor_terbit=running | (lapsed & has_number),
        bulan_kepesertaan=ibis.ifelse(running, month, 0).cast("int64"),
        bulan_menunggak=ibis.ifelse(
            running, run, ibis.ifelse(lapsed, ibis.greatest(run, arrears_limit(day) + 1), 0)
        ).cast("int64"),
    )
