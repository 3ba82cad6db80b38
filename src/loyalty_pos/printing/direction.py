"""The order in which mixed Persian and Latin text is read and drawn (Unicode annex 9)."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import lru_cache
from unicodedata import bidirectional, category

from bidi import algorithm

from loyalty_pos.domain.lazy import dataclass

_LRI, _RLI, _FSI, _PDI = "\u2066", "\u2067", "\u2068", "\u2069"
_INITIATORS = {_LRI, _RLI, _FSI}
_DIRECTION_MARKS = {"\u200e", "\u200f", "\u061c"}
_JOINERS = {"\u200c", "\u200d"}
_KEPT = _INITIATORS | _DIRECTION_MARKS | _JOINERS | {_PDI}
_NO_BREAK_SPACES = {"\u00a0", "\u202f"}
_OBJECT = "\ufffc"  # neutral: what an isolate looks like to the text around it
_REPLACEMENT = "\ufffd"
_DEEPEST_ISOLATE = 12
# An isolate's ends take part in reordering and are never drawn.
_ENDS = {_LRI, _PDI}
_SEAMS = {" ", *_ENDS}


@dataclass(frozen=True, slots=True)
class Resolved:
    """Characters in reading order, with the embedding level of each; isolates keep their two ends."""

    chars: str
    levels: tuple[int, ...]


@dataclass(slots=True)
class _Isolate:
    kind: str
    items: "list[str | _Isolate]" = field(default_factory=list)


def clean(text: str) -> str:
    """Make any text drawable: one kind of space, no controls, no overrides, no half characters.

    Isolates, direction marks and joiners stay; explicit embeddings and overrides go, since a name
    may not turn around the line it stands in.
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_drawable, text))


def _drawable(char: str) -> str:
    if char in _KEPT:
        return char
    if char in _NO_BREAK_SPACES:
        return "\u00a0"
    if char.isspace():
        return " "
    kind = category(char)
    if kind in ("Cc", "Cf"):
        return ""
    if kind in ("Cs", "Co", "Cn") or not bidirectional(char):
        return _REPLACEMENT
    return char


@lru_cache(maxsize=4096)
def resolve(text: str, rtl: bool) -> Resolved:
    """Give every character its level in a paragraph whose base direction is `rtl`, never guessed."""
    chars: list[str] = []
    levels: list[int] = []
    _spread(_parsed(clean(text)), rtl, 0, chars, levels)
    return Resolved("".join(chars), tuple(levels))


def drawing_order(chars: str, levels: Sequence[int], rtl: bool) -> list[tuple[str, bool]]:
    """Cut one line into pieces of one direction and list them from left to right.

    Every space is a piece of its own, the ends of isolates are left out; a piece is still in reading
    order, and true when it runs from right to left.
    """
    ordered = list(_pieces(chars, _without_trailing(chars, levels, rtl)))
    present = [level for _, level in ordered]
    odd = [level for level in present if level % 2]
    for level in range(max(present, default=0), min(odd, default=1) - 1, -1):  # rule L2
        start = 0
        while start < len(ordered):
            end = start
            while end < len(ordered) and ordered[end][1] >= level:
                end += 1
            ordered[start:end] = reversed(ordered[start:end])
            start = end + 1
    return [(text, bool(level % 2)) for text, level in ordered if text not in _ENDS]


def _without_trailing(chars: str, levels: Sequence[int], rtl: bool) -> Sequence[int]:
    """Give what ends a line unseen the base level (rule L1)."""
    kept = len(chars)
    while kept and chars[kept - 1] in _SEAMS:
        kept -= 1
    return [*levels[:kept], *[int(rtl)] * (len(chars) - kept)]


def _pieces(chars: str, levels: Sequence[int]) -> Iterator[tuple[str, int]]:
    start = 0
    for at in range(1, len(chars) + 1):
        if (
            at == len(chars)
            or levels[at] != levels[start]
            or not _SEAMS.isdisjoint((chars[at], chars[start]))
        ):
            yield chars[start:at], levels[start]
            start = at


def _parsed(text: str) -> _Isolate:
    root = _Isolate("")
    open_ = [root]
    too_deep = 0
    for char in text:
        if char in _INITIATORS:
            if len(open_) > _DEEPEST_ISOLATE:
                too_deep += 1
                continue
            inner = _Isolate(char)
            open_[-1].items.append(inner)
            open_.append(inner)
        elif char == _PDI:
            if too_deep:
                too_deep -= 1
            elif len(open_) > 1:
                open_.pop()
        else:
            open_[-1].items.append(char)
    return root


def _spread(isolate: _Isolate, rtl: bool, offset: int, chars: list[str], levels: list[int]) -> None:
    """Resolve one isolate as a paragraph of its own; the isolates in it count as one neutral each."""
    outer = "".join(item if isinstance(item, str) else _OBJECT for item in isolate.items)
    for item, level in zip(isolate.items, _plain_levels(outer, rtl), strict=True):
        if isinstance(item, _Isolate):
            inner_rtl = _inner_direction(item)
            # the smallest level of the inner direction that isn't below its surroundings
            inner_base = level if level % 2 == inner_rtl else level + 1
            chars.append(_LRI)
            levels.append(offset + level)
            _spread(item, inner_rtl, offset + inner_base - inner_rtl, chars, levels)
            chars.append(_PDI)
            levels.append(offset + level)
        elif item not in _DIRECTION_MARKS:
            chars.append(item)
            levels.append(offset + level)


def _inner_direction(isolate: _Isolate) -> bool:
    if isolate.kind != _FSI:
        return isolate.kind == _RLI
    for item in isolate.items:
        strong = bidirectional(item) if isinstance(item, str) else ""
        if strong in ("L", "R", "AL"):
            return strong != "L"
    return False


def _plain_levels(text: str, rtl: bool) -> list[int]:
    if not rtl and text.isascii():
        return [0] * len(text)
    storage = algorithm.get_empty_storage()
    storage["base_level"] = int(rtl)
    storage["base_dir"] = "R" if rtl else "L"
    algorithm.get_embedding_levels(text, storage)
    for at, char in enumerate(storage["chars"]):
        char["at"] = at
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    known = {char["at"]: int(char["level"]) for char in storage["chars"]}
    levels: list[int] = []
    for at in range(len(text)):
        # the algorithm leaves joiners out; they belong to the letter before them
        levels.append(known.get(at, levels[-1] if levels else int(rtl)))
    return levels
