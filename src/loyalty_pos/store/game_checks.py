"""What the audit asks of games, guests and partners: every row is told by a sealed posting."""

from collections.abc import Iterator
from hashlib import sha256
from json import loads
from typing import Any

from loyalty_pos.app.views import Finding
from loyalty_pos.store.both_ways import both_ways
from loyalty_pos.store.chain import KeyRing
from loyalty_pos.store.compiled import Execute

_COUNTED = ("challenge_counted", "challenge_again", "challenge_won")

# Plain SQL: the audit must not share a line of code with what it proves.
CHECKS = {
    "draw_seed_differs_from_its_posting": """
        SELECT p.seq FROM posting p LEFT JOIN draw_seed s ON s.posting = p.seq
        WHERE p.kind = 'draw_seed' AND json_extract(p.record, '$.programme') IS NOT s.programme
        UNION ALL SELECT s.posting FROM draw_seed s JOIN posting p ON p.seq = s.posting
        LEFT JOIN posting r ON r.seq = s.revealed
        WHERE p.kind <> 'draw_seed' OR s.revealed IS NOT NULL AND (r.kind <> 'draw_reveal'
        OR json_extract(r.record, '$.seed') IS NOT s.posting
        OR json_extract(r.record, '$.revealed') IS NOT s.seed)""",
    "draw_differs_from_its_posting": both_ways(
        """SELECT seq, record ->> '$.sale', record ->> '$.seed', record ->> '$.number',
            record ->> '$.programme' FROM posting
        WHERE kind = 'draw' AND record ->> '$.stands_for' IS NULL""",
        "SELECT posting, sale, seed, number, programme FROM draw",
        "sale, seed, number, programme",
        """SELECT p.seq FROM posting p LEFT JOIN draw d ON d.posting = p.record ->> '$.stands_for'
        WHERE p.kind = 'draw' AND p.record ->> '$.stands_for' IS NOT NULL AND (d.seed, d.number, d.programme)
        IS NOT (p.record ->> '$.seed', p.record ->> '$.number', p.record ->> '$.programme')""",
    ),
    "answer_differs_from_its_posting": both_ways(
        """SELECT seq, member, business_day, record ->> '$.programme' FROM posting
        WHERE kind = 'participation'""",
        """SELECT a.posting, a.member, a.day, g.key FROM participation a
        LEFT JOIN programme g ON g.id = a.programme""",
        "member, day, programme",
        """SELECT a.posting FROM participation a JOIN posting p ON p.seq = a.posting
        WHERE p.record ->> '$.answer' <> a.answer""",
    ),
    "hand_over_differs_from_its_postings": """
        SELECT h.claim FROM hand_over h JOIN posting p ON p.seq = h.claim
        LEFT JOIN posting d ON d.seq = h.handed LEFT JOIN posting u ON u.key = 'undo:' || p.key
        LEFT JOIN programme g ON g.id = h.programme
        WHERE p.kind <> 'claim' OR json_extract(p.record, '$.programme') IS NOT g.key
        OR json_extract(p.record, '$.times') IS NOT h.times
        OR json_extract(p.record, '$.revision') IS NOT h.revision OR u.seq IS NOT h.undone
        OR h.handed <> h.claim AND (d.kind <> 'hand_over' OR json_extract(d.record, '$.claim') IS NOT h.claim)
        UNION ALL SELECT p.seq FROM posting p
        LEFT JOIN hand_over h ON h.handed = p.seq WHERE p.kind = 'hand_over' AND h.claim IS NULL""",
    "invitation_differs_from_its_postings": both_ways(
        "SELECT seq, member, record ->> '$.programme' FROM posting WHERE kind = 'invitation'",
        """SELECT i.posting, i.member, g.key FROM invitation i
        LEFT JOIN programme g ON g.id = i.programme""",
        "member, programme",
        """SELECT i.posting FROM invitation i JOIN posting p ON p.seq = i.posting
        LEFT JOIN posting c ON c.seq = i.came LEFT JOIN posting u ON u.key = 'undo:' || p.key
        WHERE u.seq IS NOT i.taken_back
        OR i.came IS NOT NULL AND (c.kind <> 'check_in'
            OR c.member IS NOT i.member AND i.member NOT IN (SELECT dropped FROM merge))
        OR u.seq IS NOT NULL AND (u.kind <> 'uninvite' OR json_extract(u.record, '$.invitation') <> i.posting)
        UNION ALL SELECT seq FROM posting WHERE kind IN ('check_in', 'uninvite')
        AND seq NOT IN (SELECT came FROM invitation WHERE came IS NOT NULL)
        AND seq NOT IN (SELECT taken_back FROM invitation WHERE taken_back IS NOT NULL)""",
    ),
    "partner_differs_from_its_posting": """
        SELECT r.id FROM partner r JOIN posting p ON p.seq = r.posting
        WHERE p.kind <> 'partner' OR json_extract(p.record, '$.key') IS NOT r.key
        OR json_extract(p.record, '$.shop') IS NOT r.shop OR json_extract(p.record, '$.name') IS NOT r.name
        OR json_extract(p.record, '$.public_key') IS NOT r.public_key
        OR json_extract(p.record, '$.cap_minor') IS NOT r.cap_minor
        OR json_extract(p.record, '$.live') IS NOT r.live
        UNION ALL SELECT k.id FROM signing_key k JOIN posting p ON p.seq = k.posting
        WHERE p.kind <> 'signing_key' OR json_extract(p.record, '$.public_key') IS NOT k.public_key""",
    "partner_voucher_differs_from_its_posting": both_ways(
        """SELECT e.value ->> 0, p.seq, e.value ->> 1, e.value ->> 2, e.value ->> 3, paid.seq
        FROM posting p, json_each(p.record, '$.vouchers') e LEFT JOIN (
            SELECT s.seq, a.value ->> 0 AS voucher FROM posting s, json_each(s.record, '$.accepted') a
            WHERE s.kind = 'settlement'
        ) paid ON paid.voucher = e.value ->> 0
        WHERE p.kind = 'partner_vouchers'""",
        "SELECT voucher, posting, partner, value_minor, expires_on, settled FROM partner_voucher",
        "posting, partner, value_minor, expires_on, settled",
    ),
    "honoured_differs_from_its_posting": both_ways(
        """SELECT p.record ->> '$.voucher', p.seq, p.record ->> '$.partner', p.record ->> '$.value_minor',
            p.business_day, c.record ->> '$.face_minor'
        FROM posting p LEFT JOIN posting c ON c.key = 'honoured:' || p.key WHERE p.kind = 'honoured'""",
        "SELECT voucher, posting, partner, value_minor, day, value_minor FROM partner_honoured",
        "posting, partner, value_minor, day, face_minor",
    ),
}


def games(execute: Execute, keys: KeyRing) -> Iterator[Finding]:
    """Prove marks, draws, answers, guests and partners' vouchers against the postings that tell them."""
    for code, sql in CHECKS.items():
        for row in execute(sql, ()).fetchall():
            yield Finding(code=code, detail=str(row[0]))
    yield from _marks(execute)
    yield from _drawn(execute)


def _marks(execute: Execute) -> Iterator[Finding]:
    """Every mark is what the last posting that speaks of it says."""
    programmes = dict(execute("SELECT id, programme FROM revision", ()).fetchall())
    told: dict[tuple[int, int], tuple[int, int | None]] = {}
    rows = execute(
        "SELECT p.seq, p.kind, p.record, t.sale FROM posting p LEFT JOIN attached t ON t.posting = p.seq"
        " WHERE p.kind IN ('sale', 'attach') AND p.record LIKE '%\"challenge_%' OR p.kind = 'win'"
        " OR p.kind IN ('void', 'refund') AND p.record LIKE '%\"games\":%' ORDER BY p.seq",
        (),
    ).fetchall()
    for seq, kind, text, attached in rows:
        record = loads(text)
        if kind in ("sale", "attach"):
            for revision, _, _, code, *_ in record["trace"]:
                if code in _COUNTED:
                    told[attached or seq, programmes[revision]] = (1, None)
        elif kind == "win":
            for sale in record["marks"]:
                told[sale, record["programme"]] = (1, record["sale"])
        else:
            for sale, programme, kept, win in record["games"].get("marks", ()):
                told[sale, programme] = (kept, win)
    found = {
        (sale, programme): (kept, win)
        for sale, programme, kept, win in execute("SELECT sale, programme, kept, win FROM game_mark", ())
    }
    for mark in sorted(told.keys() | found.keys()):
        if told.get(mark) != found.get(mark):
            yield Finding(code="mark_differs_from_its_postings", detail=f"{mark[0]} {mark[1]}")


def _drawn(execute: Execute) -> Iterator[Finding]:
    """Every draw comes out again from its seed, and every seed is the one that was published."""
    seeds: dict[int, str] = {}
    rows = execute(
        "SELECT s.posting, s.seed, p.record FROM draw_seed s JOIN posting p ON p.seq = s.posting", ()
    )
    for posting, seed, text in rows.fetchall():
        seeds[posting] = seed
        if sha256(seed.encode()).hexdigest() != loads(text)["commitment"]:
            yield Finding(code="draw_seed_is_another", detail=str(posting))
    revisions = execute(
        "SELECT r.id, r.params FROM revision r JOIN programme g ON g.id = r.programme WHERE g.kind = 'draw'",
        (),
    ).fetchall()
    odds = {number: loads(text) for number, text in revisions}
    for seq, text in execute("SELECT seq, record FROM posting WHERE kind = 'draw'", ()).fetchall():
        record = loads(text)
        params: Any = odds[record["revision"]]
        digest = sha256(f"{seeds[record['seed']]}:{record['number']}".encode()).digest()
        drawn, below, prize = int.from_bytes(digest, "big") % params["out_of"], 0, ""
        for one in params["prizes"]:
            if below <= drawn < below + one["chances"]:
                prize = one["name"]
            below += one["chances"]
        if (drawn, prize) != (record["drawn"], record["prize"]):
            yield Finding(code="draw_is_another", detail=str(seq))
