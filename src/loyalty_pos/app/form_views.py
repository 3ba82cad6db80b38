"""What an owner's screens read: programmes with their parameters, and the forms that edit them."""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from loyalty_pos.app.saying import Sentence
from loyalty_pos.domain.lazy import dataclass

FieldType = Literal[
    "text",
    "number",
    "money",
    "percent",
    "times",
    "choice",
    "several",
    "tags",
    "yes_no",
    "day",
    "hours",
    "group",
    "rows",
]
NOTHING = Sentence(fa="", en="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    value: str
    label: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One field of a form. `path` is its place, dotted: `reward.groups`.

    `visible_if` names values other fields must have for this one to matter: a choice, one of several
    (`a|b`), `true`, `false`, or `*` for anything; a name is looked for beside the field first, then further
    out. `money_if` names those for which a field of money is money, and else a plain number. `default` is
    what leaving the field out means; a `needed` field has none.
    A `group` holds the fields it stands for. `rows` are any number of the same small form: `fields` are
    those of one row, with paths that begin at the row, and `row` is what one row is called.
    """

    path: str
    type: FieldType
    label: Sentence
    help: Sentence
    unit: Sentence
    needed: bool = False
    default: object = None
    low: int | None = None
    high: int | None = None
    choices: tuple[ChoiceView, ...] = ()
    visible_if: Mapping[str, str] = field(default_factory=dict)
    money_if: Mapping[str, str] = field(default_factory=dict)
    fields: tuple["FieldView", ...] = ()
    row: Sentence = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class KindView:
    kind: str
    family: Literal["earn", "discount", "grant", "standing", "segment", "warranty"]
    label: Sentence
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindsView:
    """Every kind's form, and the form of the conditions all kinds share."""

    kinds: tuple[KindView, ...]
    when: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsView:
    """What a programme with limits gave so far, of how much it may; None where nothing is set."""

    times: int
    total: int | None
    spent_minor: int
    budget_minor: int | None
    used_up: bool

    @property
    def share_milli(self) -> int:
        """How much is used of what runs out first, in thousandths."""
        times = self.times * 1_000 // self.total if self.total else 0
        money = self.spent_minor * 1_000 // self.budget_minor if self.budget_minor else 0
        return min(1_000, max(times, money))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeDetailView:
    """The newest revision of a programme, live or paused, with what it was made from."""

    key: str
    kind: str
    kind_label: Sentence
    name: str
    revision: int
    live: bool
    sentence: Sentence
    params: Mapping[str, object]
    when: Mapping[str, object]
    limits: LimitsView | None = None  # when its newest revision has some
    by_code: bool = False  # it gives only to whoever hands in a code of it
    listed: int | None = None  # a segment's members put on its list by hand
    cause: str = ""  # what it gives to


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammesView:
    programmes: tuple[ProgrammeDetailView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetView:
    """A ready-made programme to start from, and the sentence it would be published as."""

    preset: str
    kind: str
    name: Sentence
    sentence: Sentence
    params: Mapping[str, object]
    when: Mapping[str, object]
    step: Literal["goals", "membership"] = "goals"  # where a first setting up offers it


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetsView:
    presets: tuple[PresetView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblemView:
    """What is wrong with one field; `message` is short enough to stand under it."""

    field: str
    problem: str
    message: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """A programme as it would be published: its sentence, or everything that is wrong with it.

    `key` is the draft's own, or a fresh one for a new programme.
    """

    key: str
    sentence: Sentence | None
    problems: tuple[FieldProblemView, ...] = ()
