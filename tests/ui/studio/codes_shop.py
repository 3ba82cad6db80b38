"""Programmes used by code, a segment, and limits: what an owner's desks have to show."""

from pathlib import Path
from typing import Any

from loyalty_pos.app.code_views import CodesView
from loyalty_pos.app.commands import (
    AddToSegment,
    IssueCodes,
    IssueVoucher,
    PublishProgramme,
    RecordSale,
    Use,
    VoidCode,
)
from loyalty_pos.bootstrap import open_shop

SARA, HAMID = "4410339108", "4410339207"
WORD = "نوروز۱۴۰۶"
PROGRAMMES: tuple[tuple[str, str, str, dict[str, Any], dict[str, Any]], ...] = (
    ("spring", "percent_off", "حراج بهار", {"rate_bp": 1000, "lane": "code"},
     {"audience": {"non_members": True}, "limits": {"budget_minor": 5_000_000}}),
    ("fifty", "amount_off", "پنجاه تومانی", {"amount_minor": 500_000, "by_code": True},
     {"audience": {"non_members": True}, "limits": {"budget_minor": 500_000}}),
    ("friends", "segment", "دوستان فیروزه", {"visits_min": 20}, {}),
)  # fmt: skip


def add(path: Path) -> CodesView:
    """Add them to a shop of the counter's scenarios; returns a batch: two used, one void."""
    service = open_shop(path)
    try:
        for key, kind, name, params, when in PROGRAMMES:
            command = PublishProgramme(key=key, kind=kind, name=name, params=dict(params), when=dict(when))
            service.do(command)
        batch: CodesView = service.do(
            IssueCodes(posting_id="batch", programme="spring", count=12, expires="2027-03-20")
        )
        service.do(IssueCodes(posting_id="word", programme="spring", text=WORD, per_member=1))
        service.do(IssueVoucher(posting_id="sara", programme="spring", member=SARA))
        gift = service.do(IssueCodes(posting_id="gift", programme="fifty", count=2))
        uses = (batch.codes[0].code, batch.codes[1].code, WORD, gift.codes[0].code)
        for number, code in enumerate(uses):
            use = Use(codes=(code,))
            sale = RecordSale(sale_id=f"code-{number}", member=HAMID, amount_minor=6_000_000, use=use)
            service.do(sale)
        service.do(VoidCode(posting_id="lost", code=batch.codes[2].code))
        service.do(AddToSegment(segment="friends", members=(SARA, HAMID)))
        return batch
    finally:
        service.close()
