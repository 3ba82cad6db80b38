"""Published programmes, compiled once per revision: the rule for the engine, the words for people."""

from typing import Any, NamedTuple

from loyalty_pos.app.language import Languages
from loyalty_pos.app.ports import ProgrammeRow, Programmes
from loyalty_pos.app.saying import Sentence, both
from loyalty_pos.app.views import PointsPrice, ProgrammeView
from loyalty_pos.domain.coefficients import Asks, asks_of
from loyalty_pos.domain.compiling import compiled, sentence_of
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import UNLIMITED, EarnRule, Revision, Rule, TermRule, TierRule
from loyalty_pos.domain.kinds import Kind, Params, read
from loyalty_pos.domain.lazy import dataclass
from loyalty_pos.domain.ledger import Account, NewLot, progress_account
from loyalty_pos.domain.lineup import Lineup
from loyalty_pos.domain.params import stored
from loyalty_pos.domain.programmes import kind_named
from loyalty_pos.domain.segments import SegmentRule
from loyalty_pos.domain.take_back import Step
from loyalty_pos.domain.trials import Trial
from loyalty_pos.domain.when import When


@dataclass(frozen=True, slots=True)
class Known:
    """One revision, ready to run and ready to be explained."""

    row: ProgrammeRow
    kind: Kind[Any]
    params: Any
    when: When
    revision: Revision

    def sentence(self, languages: Languages) -> Sentence:
        """Say the whole rule in both languages, conditions included."""
        return both(
            languages,
            lambda say: sentence_of(self.kind, self.params, self.when, say),
        )

    def reward(self, languages: Languages) -> Sentence:
        """Say what a held reward of this programme gives."""
        words = self.kind.reward
        assert words is not None, f"{self.kind.name} gives no rewards"
        return both(languages, lambda say: words(self.params, say))

    def view(self, languages: Languages) -> ProgrammeView:
        rule = self.revision.rule
        steps = isinstance(rule, EarnRule) and (rule.measure == "units" or not rule.goods.everything)
        return ProgrammeView(
            key=self.row.key,
            kind=self.row.kind,
            name=self.row.name,
            revision=self.row.number,
            sentence=self.sentence(languages),
            points_price=_price(rule),
            counts_in_amount_mode=rule.default_count if steps and isinstance(rule, EarnRule) else None,
        )


def compile_programme(row: ProgrammeRow) -> Known:
    """Validate and compile a revision; raises InvalidRequest or Rejection as when it is published."""
    kind = kind_named(row.kind)
    return _known(row, kind, kind.read(row.params), read(When, row.when, "when"))


def _known(row: ProgrammeRow, kind: Kind[Any], params: Params, when: When) -> Known:
    revision = compiled(kind, params, when, row.revision, row.programme, row.key)
    return Known(row, kind, params, when, revision)


class Way(NamedTuple):
    """A live programme on whose way members are: progress moves by `unit_micro`, `step` units are a round."""

    key: str
    account: Account
    unit_micro: int
    step: int
    trial: Trial | None


class ProgrammeBook:
    """The live programmes, and any older revision somebody still holds something of."""

    def __init__(self, programmes: Programmes) -> None:
        self._programmes = programmes
        self._known: dict[int, Known] = {}
        self._live: tuple[Known, ...] | None = None
        self._limited: tuple[Revision, ...] | None = None
        self._lineup: Lineup | None = None
        self._has_terms: bool | None = None
        self._segments: tuple[tuple[str, int, SegmentRule], ...] = ()
        self._events: tuple[Revision, ...] = ()
        self._ways: tuple[Way, ...] = ()
        self._asks = Asks()
        self._club: Known | None = None

    def forget_live(self) -> None:
        """Ask again which programmes are live; revisions themselves never change."""
        self._live = self._limited = self._lineup = self._has_terms = None

    @property
    def live(self) -> tuple[Known, ...]:
        if self._live is None:
            return self._take(tuple(self._remember(row) for row in self._programmes.live()))
        return self._live

    def _take(self, live: tuple[Known, ...]) -> tuple[Known, ...]:
        """Let these be the live ones, and find out once what follows from that."""
        self._live = live
        self._segments = tuple(
            (known.row.key, known.row.programme, known.revision.rule)
            for known in live
            if isinstance(known.revision.rule, SegmentRule)
        )
        self._events = tuple(
            known.revision
            for known in live
            if isinstance(known.revision.rule, EarnRule) and known.revision.rule.happening
        )
        self._ways = tuple(
            Way(known.row.key, progress_account(known.row.key), rule.unit_micro, rule.step_units, one.trial)
            for known in live
            for rule, one in [(known.revision.rule, known.revision.condition)]
            if isinstance(rule, EarnRule) and rule.keeps_progress
        )
        clubs = (known for known in live if isinstance(known.revision.rule, TierRule))
        self._club = next(clubs, None)
        self._asks = asks_of(known.revision for known in live)
        return live

    @property
    def lineup(self) -> Lineup:
        """The live programmes as quotes use them."""
        if self._lineup is None:
            self._lineup = Lineup(known.revision for known in self.live)
        return self._lineup

    @property
    def limited(self) -> tuple[Revision, ...]:
        """The live programmes that have limits; most shops have none, so most sales ask nothing more."""
        if self._limited is None:
            self._limited = tuple(one.revision for one in self.live if one.revision.limits is not UNLIMITED)
        return self._limited

    @property
    def events(self) -> tuple[Revision, ...]:
        """The live programmes that wait for something to happen to a member."""
        return self._events if self.live else ()

    @property
    def ways(self) -> tuple[Way, ...]:
        """The live programmes that count progress."""
        return self._ways if self.live else ()

    @property
    def games(self) -> tuple[Revision, ...]:
        """The live challenges and draws."""
        return tuple(one for one in self.events if isinstance(one.rule, EarnRule) and one.rule.game)

    @property
    def asks(self) -> Asks:
        """What the live programmes ask about a member's past."""
        return self._asks if self.live else Asks()

    @property
    def segments(self) -> tuple[tuple[str, int, SegmentRule], ...]:
        """The live segments: key, programme number, and what they ask."""
        return self._segments if self.live else ()

    def revision(self, number: int) -> Known:
        if number not in self._known:
            return self._remember(self._programmes.revision(number))
        return self._known[number]

    def revisions(self, numbers: set[int]) -> dict[int, Revision]:
        return {number: self.revision(number).revision for number in numbers}

    def live_named(self, key: str) -> Known:
        """Return a live programme; raises Rejection `unknown_programme`."""
        for known in self.live:
            if known.row.key == key:
                return known
        raise Rejection("unknown_programme", programme=key)

    def newest_named(self, key: str) -> Known:
        """Return a programme's newest revision, live or retired; raises Rejection `unknown_programme`.

        Rewards of a retired programme are still held, so they can still be chosen or left.
        """
        row = self._programmes.latest(key)
        if row is None:
            raise Rejection("unknown_programme", programme=key)
        return self.revision(row.revision)

    @property
    def has_terms(self) -> bool:
        """Whether the shop ever had a membership or contract; what is held outlives its programme."""
        if self._has_terms is None:
            rules = (self.revision(row.revision).revision.rule for row in self._programmes.newest())
            self._has_terms = any(isinstance(rule, TermRule) for rule in rules)
        return self._has_terms

    @property
    def club(self) -> Known | None:
        """The live programme of levels; a shop has one at most."""
        return self._club if self.live else None

    def step_now(self, key: str, lot: NewLot) -> Step:
        """Return how a programme converts by its newest revision, live or retired (rules 26)."""
        rule = self._newest(key)
        return Step(rule.step_micro, rule.yield_per_step, lot)

    def unit_micro(self, key: str) -> int:
        """Return the progress that people count as one, by a programme's newest revision."""
        return self._newest(key).unit_micro

    def yields_rewards(self, key: str) -> bool:
        return self._newest(key).yield_unit == "reward"

    def _newest(self, key: str) -> EarnRule:
        rule = self.newest_named(key).revision.rule
        assert isinstance(rule, EarnRule)
        return rule

    def _remember(self, row: ProgrammeRow) -> Known:
        if row.revision not in self._known:
            kind = kind_named(row.kind)  # what is in the store was checked when it was published
            params, when = stored(kind.params, row.params), stored(When, row.when)
            self._known[row.revision] = _known(row, kind, params, when)
        return self._known[row.revision]


def _price(rule: Rule) -> PointsPrice | None:
    tender = rule.tender if isinstance(rule, EarnRule) else None
    if tender is None:
        return None
    return PointsPrice(
        value_minor=tender.value_minor, minimum=tender.minimum, maximum=tender.maximum, step=tender.step
    )
