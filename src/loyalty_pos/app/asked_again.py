"""Whether a request met again under its key is the same one, whatever merges made of its member (rules 8)."""

from collections.abc import Mapping
from typing import Any

from loyalty_pos.app.desk import Desk, request_hash
from loyalty_pos.app.ports import MemberRow


def same_request(desk: Desk, stored: bytes, request: Mapping[str, Any], member: MemberRow | None) -> bool:
    """Say whether a request hashes as it did, also when its member stood under another name then or now."""
    if stored == request_hash(request):
        return True
    if member is None:
        return False
    own = member.ref
    return any(
        stored == request_hash({name: ref if said == own else said for name, said in request.items()})
        for ref in desk.store.merges.met(member.id)
    )
