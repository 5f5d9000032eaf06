"""Sends shares where a written power of the heirs says: orders that are not sent follow it, and its end."""

from __future__ import annotations

from typing import Final

from django.db import connection

_LOCKED: Final = "SELECT id FROM claims_power WHERE state = 'berlaku' ORDER BY id FOR SHARE"
_ELSEWHERE: Final = """
UPDATE payments_order o SET state = 'batal'
  FROM claims_decision d CROSS JOIN LATERAL jsonb_array_elements(d.components) AS c, payments_passbook b
 WHERE d.id = o.decision_id AND c.value ->> 'code' = o.component AND b.id = o.passbook_id
   AND (o.state = 'siap' AND o.file_id IS NULL OR o.state IN ('gagal', 'kembali'))
   AND o.component LIKE '%:waris-%' AND EXISTS (SELECT 1 FROM claims_power p WHERE p.case_id = d.case_id)
   AND b.holder_nik <> coalesce(claims_represented_by(d.case_id, o.component), c.value ->> 'to')
"""


def readdress() -> int:
    """Cancel the orders of shares that are not sent and no longer go to the right account; give how many.

    In the caller's transaction, before orders or a file are made: what is cancelled is ordered anew by `make_orders`.
    The powers in force are held meanwhile, so that none is revoked between the look and the file.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCKED)
        cursor.execute(_ELSEWHERE)
        return int(cursor.rowcount)
