"""What can be asked of games: standings, a draw's odds and every draw, revealing its seed (product P9)."""

from loyalty_pos.app.commands_games import RevealDraw
from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.game_port import ChaserRow, DrawRow, SeedRow
from loyalty_pos.app.game_views import (
    ChaserView,
    DrawsView,
    DrawView,
    OddsView,
    PublishedOddsView,
    SeedView,
    StandingsView,
)
from loyalty_pos.app.games import open_seed
from loyalty_pos.app.posting_again import stands_as
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.queries_games import Draws, Standings
from loyalty_pos.app.records import read_record
from loyalty_pos.app.wording import posting_key, text_field
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import Chase, EarnRule, Odds
from loyalty_pos.domain.games import commitment, since, standing_now


def standings(desk: Desk, query: Standings) -> StandingsView:
    """Tell how far everybody is in a challenge, live or paused; whoever is nearest comes first."""
    known, chase = _chase(desk, query.programme)
    today = desk.now().business_day
    chasers = desk.store.games.chasers(known.row.programme, since(chase, today))
    placed = sorted(
        [(_far(desk, known, chase, row.member, today), row) for row in chasers],
        key=lambda one: (-one[0][0], -one[1].wins, one[1].member),
    )
    return StandingsView(
        programme=known.row.key,
        programme_name=known.row.name,
        badge=chase.badge,
        times=chase.times,
        players=len(chasers),
        won=sum(row.wins for row in chasers),
        rows=tuple(_chaser(desk, row, *far) for far, row in placed[: query.limit]),
    )


def draws(desk: Desk, query: Draws) -> DrawsView:
    """Tell a draw's odds and every draw, seed by seed."""
    known, odds = _odds(desk, query.programme)
    used = {known.revision.id}
    seeds = tuple(_seed_view(desk, seed, query, used) for seed in desk.store.games.seeds(known.row.programme))
    published = [_published(desk.book.revision(number)) for number in sorted(used)]
    now = next(one for one in published if one.revision == known.row.number)
    return DrawsView(
        programme=known.row.key,
        out_of=odds.out_of,
        prizes=now.prizes,
        seeds=seeds,
        odds=tuple(published),
    )


def reveal_draw(desk: Desk, command: RevealDraw) -> DrawsView:
    """Tell the seed used so far and begin a new one; asked again it answers the same (rules 8)."""
    key = posting_key("posting_id", command.posting_id)
    with desk.store.transaction():
        desk.refresh()
        known, _ = _odds(desk, command.programme)
        request, stored = {"reveal": known.row.key}, desk.store.ledger.posting(key)
        if stored is None:
            seed, moment = desk.store.games.seed(known.row.programme), desk.now()
            assert seed is not None, "publishing a draw opens its first seed"
            record = {"programme": known.row.programme, "seed": seed.posting, "revealed": seed.seed}
            posting = desk.posting(key, request, "draw_reveal", None, moment, record)
            desk.store.games.reveal(seed.posting, desk.store.ledger.append(posting))
            open_seed(desk, known.row.programme, moment)
        elif stored.kind != "draw_reveal" or stored.request_hash != request_hash(request):
            raise Rejection("key_taken", sale_id=key)
    return draws(desk, Draws(programme=known.row.key))


def _far(desk: Desk, known: Known, chase: Chase, member: int, day: str) -> tuple[int, str]:
    """Say how far a member is on a day, and until when the next purchase counts."""
    marks = desk.store.games.marks(member, known.row.programme, since(chase, day))
    have, until = standing_now(chase, marks, day, desk.shop.view.calendar)
    return have, until if have else ""


def _chaser(desk: Desk, row: ChaserRow, have: int, until_day: str) -> ChaserView:
    member = desk.store.members.get(row.member)
    return ChaserView(
        member=member.ref,
        member_name=member.name,
        phone=member.phone,
        have=have,
        until_day=until_day,
        won=row.wins,
    )


def _seed_view(desk: Desk, seed: SeedRow, query: Draws, used: set[int]) -> SeedView:
    games = desk.store.games
    if query.newest:
        rows = games.last_draws(seed.posting, query.limit)
    else:
        rows = games.draws(seed.posting, query.after, query.limit)
    return SeedView(
        commitment=commitment(seed.seed),
        seed=seed.seed if seed.revealed is not None else "",
        draws=tuple(_draw_view(desk, row, used) for row in rows),
        count=games.next_draw(seed.posting) - 1,
    )


def _draw_view(desk: Desk, row: DrawRow, used: set[int]) -> DrawView:
    ledger = desk.store.ledger
    posting = ledger.posting(row.key)
    assert posting is not None
    record = read_record(posting.record)
    used.add(record["revision"])
    return DrawView(
        sale_id=row.key.split(":")[1],
        number=row.number,
        drawn=record["drawn"],
        prize=record["prize"],
        worth_minor=record["uses"][0][2],
        taken_back=not _stands(desk, row),
        revision=desk.book.revision(record["revision"]).row.number,
    )


def _stands(desk: Desk, draw: DrawRow) -> bool:
    """Say whether a draw still counts: with its own sale, or with one that stands for it."""
    ledger = desk.store.ledger
    sale_id: str | None = draw.key.split(":")[1]
    while sale_id is not None:
        key = f"draw:{sale_id}:{draw.programme}"
        if ledger.posting(key) is not None and ledger.posting(f"undo:{key}") is None:
            return True
        sale_id = stands_as(desk, sale_id)
    return False


def _published(known: Known) -> PublishedOddsView:
    rule = known.revision.rule
    assert isinstance(rule, EarnRule) and rule.odds is not None
    return PublishedOddsView(
        revision=known.row.number,
        out_of=rule.odds.out_of,
        prizes=tuple(
            OddsView(name=one.name, chances=one.chances, worth_minor=one.worth_minor)
            for one in rule.odds.prizes
        ),
    )


def _odds(desk: Desk, programme: str) -> tuple[Known, Odds]:
    known = desk.book.newest_named(text_field("programme", programme, 64))
    rule = known.revision.rule
    if not isinstance(rule, EarnRule) or rule.odds is None:
        raise Rejection("no_draw", programme=known.row.key)
    return known, rule.odds


def _chase(desk: Desk, programme: str) -> tuple[Known, Chase]:
    known = desk.book.newest_named(text_field("programme", programme, 64))
    rule = known.revision.rule
    if not isinstance(rule, EarnRule) or rule.chase is None:
        raise Rejection("no_challenge", programme=known.row.key)
    return known, rule.chase
