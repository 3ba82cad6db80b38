"""What can be asked of games: a draw's odds and every draw, and revealing its seed (product P9)."""

from loyalty_pos.app.commands_games import RevealDraw
from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.game_port import DrawRow, SeedRow
from loyalty_pos.app.game_views import DrawsView, DrawView, OddsView, SeedView
from loyalty_pos.app.games import open_seed
from loyalty_pos.app.programmes import Known
from loyalty_pos.app.queries_games import Draws
from loyalty_pos.app.records import read_record
from loyalty_pos.app.wording import posting_key, text_field
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.domain.families import EarnRule, Odds
from loyalty_pos.domain.games import commitment


def draws(desk: Desk, query: Draws) -> DrawsView:
    """Tell a draw's odds and every draw, seed by seed."""
    known, odds = _odds(desk, query.programme)
    seeds = desk.store.games.seeds(known.row.programme)
    return DrawsView(
        programme=known.row.key,
        out_of=odds.out_of,
        prizes=tuple(
            OddsView(name=one.name, chances=one.chances, worth_minor=one.worth_minor) for one in odds.prizes
        ),
        seeds=tuple(_seed_view(desk, seed, query) for seed in seeds),
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


def _seed_view(desk: Desk, seed: SeedRow, query: Draws) -> SeedView:
    rows = desk.store.games.draws(seed.posting, query.after, query.limit)
    return SeedView(
        commitment=commitment(seed.seed),
        seed=seed.seed if seed.revealed is not None else "",
        draws=tuple(_draw_view(desk, row) for row in rows),
    )


def _draw_view(desk: Desk, row: DrawRow) -> DrawView:
    ledger = desk.store.ledger
    posting = ledger.posting(row.key)
    assert posting is not None
    record = read_record(posting.record)
    return DrawView(
        sale_id=row.key.split(":")[1],
        number=row.number,
        drawn=record["drawn"],
        prize=record["prize"],
        worth_minor=record["uses"][0][2],
        taken_back=ledger.posting(f"undo:{row.key}") is not None,
    )


def _odds(desk: Desk, programme: str) -> tuple[Known, Odds]:
    known = desk.book.newest_named(text_field("programme", programme, 64))
    rule = known.revision.rule
    if not isinstance(rule, EarnRule) or rule.odds is None:
        raise Rejection("no_draw", programme=known.row.key)
    return known, rule.odds
