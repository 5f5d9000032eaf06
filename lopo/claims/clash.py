"""Names the database constraint that refused a write, so that an action can say in words what was wrong."""

from __future__ import annotations

from django.db import DatabaseError


def constraint_of(problem: DatabaseError) -> str:
    """Give the name of the constraint that the write broke, empty where the driver names none."""
    diagnosis = getattr(problem.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None) or "")
