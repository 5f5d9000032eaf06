"""Which columns of a table may leave it: kept as they are, masked, or dropped from logs, exports and test copies."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Columns:
    """The declaration of one table; each of its columns stands in exactly one of the three lists (names by spaces)."""

    kept: str = ""
    masked: str = ""
    dropped: str = ""
    treatment: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a column that is named twice."""
        treatment: dict[str, str] = {}
        for name in ("kept", "masked", "dropped"):
            for column in getattr(self, name).split():
                if column in treatment:
                    raise ValueError(f"column {column} is declared twice")
                treatment[column] = name
        object.__setattr__(self, "treatment", treatment)
