"""A trained model of linkage, frozen: what it was trained on and when, and the weight of every level, as plain JSON."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from math import log2
from typing import Any

from lopo.basics.refusal import Refused

Words = tuple[str, str]
"""What something is called, in Indonesian and in English."""

SHAPE = 1
"""The version of the shape of the JSON; another one is refused."""

SELDOM_TRUE, SELDOM_OTHER = 1e-4, 1e-6
"""The least share of a level in true and in other pairs: training sees thousands of the former, millions of the latter,
and what it never saw may still be."""


@dataclass(frozen=True, slots=True)
class Weight:
    """One level of a comparison: how often it is seen in true pairs and in others (NULL level: never weighed).

    `rarity` says that a value which agrees is weighed by how rare it is; `learned` that training saw the level in
    true pairs: else its share in true pairs is only what Splink takes for unknown.
    """

    code: str
    among_true: float
    among_other: float
    weighed: bool
    rarity: bool
    learned: bool

    @property
    def bits(self) -> float:
        """The weight: log2 of how much more often the level is seen in true pairs; 0 for a blank."""
        return log2(self.among_true / self.among_other) if self.weighed else 0.0


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk's answers taught: the sum of weights becomes `shift` + `slope` times the sum, in bits.

    `labels` is how many answers it rests on. See `linkage_labels`.
    """

    shift: float
    slope: float
    labels: int


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model. `settings` is what Splink loads; `data_hash` tells the tables of the training from others.

    `prior` is the share of random pairs that are true; `words` name each comparison in Indonesian and English; `desk`
    is what answers of the desk have added, if any.
    """

    setup: str
    version: int
    made_with: str
    trained_on: date
    rows: tuple[int, ...]
    data_hash: str
    key: str
    prior: float
    words: Mapping[str, Words]
    weights: Mapping[str, tuple[Weight, ...]]
    settings: Mapping[str, Any]
    desk: Desk | None = None

    @property
    def start(self) -> float:
        """The weight that a pair has before anything is compared."""
        return log2(self.prior / (1 - self.prior))

    @property
    def name(self) -> str:
        """What verdicts write down of it: set-up, version and the beginning of the hash."""
        return f"{self.setup}-{self.version}-{self.hash[:8]}"

    @property
    def hash(self) -> str:
        """SHA-256 of the frozen form."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def to_json(self) -> str:
        """The frozen form: the same text for the same model."""
        plain = {**asdict(self), "trained_on": self.trained_on.isoformat(), "shape": SHAPE}
        if self.desk is None:
            del plain["desk"]
        return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Model":
        """The model of a frozen form. Refused when it is none, or of another shape."""
        try:
            plain = json.loads(text)
            if plain.pop("shape") != SHAPE:
                raise ValueError("shape")
            plain["trained_on"] = date.fromisoformat(plain["trained_on"])
            plain["rows"] = tuple(plain["rows"])
            plain["words"] = {name: (said[0], said[1]) for name, said in plain["words"].items()}
            plain["weights"] = {name: tuple(Weight(**one) for one in all_) for name, all_ in plain["weights"].items()}
            plain["desk"] = Desk(**plain["desk"]) if plain.get("desk") else None
            return cls(**plain)
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise Refused("model_tidak_terbaca", "Model pencocokan ini tidak dapat dibaca.") from error

    def weight(self, name: str, code: str) -> Weight:
        """The weight of a level by its code. KeyError for a code that the comparison does not have."""
        for one in self.weights[name]:
            if one.code == code:
                return one
        raise KeyError(f"{name}: {code}")


def weights_in(settings: Mapping[str, Any]) -> dict[str, tuple[Weight, ...]]:
    """The weights of each comparison as trained settings of Splink have them, the best level first."""
    return {
        one["output_column_name"]: tuple(_weight(level) for level in one["comparison_levels"])
        for one in settings["comparisons"]
    }


def _weight(level: Mapping[str, Any]) -> Weight:
    blank = bool(level.get("is_null_level"))
    true, other = level.get("m_probability"), level.get("u_probability")
    return Weight(
        code=level["label_for_charts"],
        among_true=float(true or SELDOM_TRUE),
        among_other=float(other or SELDOM_OTHER),
        weighed=not blank,
        rarity="tf_adjustment_column" in level,
        learned=not blank and true != SELDOM_TRUE and other != SELDOM_OTHER,
    )
