"""A till that answers requests line by line, the way the JSON door does."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from loyalty_pos import bootstrap
from loyalty_pos.app import commands, queries
from loyalty_pos.app.service import Service
from loyalty_pos.domain.errors import Rejection
from loyalty_pos.store import store

__all__ = ["serve", "store"]

_RECORDS: dict[str, Any] = {
    "create_shop": commands.CreateShop,
    "publish_programme": commands.PublishProgramme,
    "enrol_member": commands.EnrolMember,
    "record_sale": commands.RecordSale,
    "shop": queries.Shop,
    "sale": queries.Sale,
    "member": queries.Member,
    "audit": queries.Audit,
}

bootstrap.languages()


def serve(shop: Path, requests: BinaryIO, answers: BinaryIO) -> None:
    """Open the shop and answer until the requests end."""
    service = bootstrap.open_shop(shop)
    for line in requests:
        answers.write(json.dumps(_answer(service, json.loads(line))).encode() + b"\n")
        answers.flush()
    service.close()


def _answer(service: Service, request: dict[str, Any]) -> dict[str, Any]:
    door = "do" if "do" in request else "ask"
    record = _RECORDS[request.pop(door)]
    if "use" in request:
        request["use"] = commands.Use(**request["use"])
    try:
        answer = (service.do if door == "do" else service.ask)(record(**request))
    except Rejection as no:
        return {"ok": False, "code": no.code}
    return {"ok": True, "result": asdict(answer)}
