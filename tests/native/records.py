"""Write the engine's sources as mypyc makes them fast; what they mean stays.

The standard library writes the methods of named tuples and dataclasses when they are loaded, where no
compiler sees them. So each record gets its constructor written out, `made` calls it, what is written in
capitals becomes final, and loops that builtins hide (`sum` of a list made for it, `zip` that checks lengths)
are shown. What is asked is of no type: whoever asks is not believed, so what reads it takes anything, as
Python does, until it was checked.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

LAZY = "domain/lazy"
PLAIN = frozenset({"domain/kinds", LAZY, "domain/params"})
"""What checks parameters with models stays Python, as do the rules that ask for it."""
DOMAIN = "loyalty_pos.domain."
ASKED = ("loyalty_pos.app.commands", "loyalty_pos.app.queries")
"""How the modules begin whose records somebody else filled in."""
HEAD = """import typing as _typing
if _typing.TYPE_CHECKING:
    from mypy_extensions import mypyc_attr as _attr
"""


def compilable(sources: dict[str, str]) -> list[str]:
    """Name the modules of the engine that need nothing that stays Python."""
    plain = set(PLAIN)
    needs = {name: _needs(text) - {LAZY} for name, text in sources.items() if name.startswith("domain/")}
    while more := {name for name, others in needs.items() if name not in plain and others & plain}:
        plain |= more
    return sorted(set(sources) - plain - {"domain/__init__"})


def _needs(text: str) -> set[str]:
    found = {node.module for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)}
    return {f"domain/{name.removeprefix(DOMAIN)}" for name in found if name and name.startswith(DOMAIN)}


@dataclass
class Edits:
    """Changes of a text by the places of its nodes, made together so that none moves another."""

    text: str
    changes: list[tuple[int, int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._raw = self.text.encode()
        self._starts = [0]
        for line in self._raw.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None and node.end_col_offset is not None
        end = self._starts[node.end_lineno - 1] + node.end_col_offset
        return self._starts[node.lineno - 1] + node.col_offset, end

    def said(self, node: ast.expr) -> str:
        start, end = self.span(node)
        return self._raw[start:end].decode()

    def replace(self, start: int, end: int, text: str) -> None:
        self.changes.append((start, end, text))

    def after_line(self, node: ast.stmt, text: str) -> None:
        at = self._raw.index(b"\n", self.span(node)[1])
        self.replace(at, at, text)

    def before(self, node: ast.stmt, text: str) -> None:
        self.replace(self.span(node)[0], self.span(node)[0], text)

    def done(self) -> str:
        raw = self._raw
        for start, end, text in sorted(self.changes, key=lambda change: change[:2], reverse=True):
            raw = raw[:start] + text.encode() + raw[end:]
        return raw.decode()


def written_out(text: str) -> str:
    """Return a module of the engine as it is compiled."""
    tree, edits = ast.parse(text), Edits(text)
    first = next((node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)), tree.body[1])
    edits.before(first, HEAD)
    records = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    asked = _asked(tree)
    if any(_is_named_tuple(node) for node in records):
        edits.before(first, "from loyalty_pos.domain.tuples import Row as _Row\n")
    for node in tree.body:
        _final(edits, node)
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            _call(edits, call, call.func.id)
        elif isinstance(call, ast.ImportFrom) and call.module == f"{DOMAIN}lazy":
            edits.replace(*edits.span(call), "from dataclasses import dataclass")
        elif isinstance(call, ast.arg) and call.annotation and _names(call.annotation) & asked:
            edits.replace(*edits.span(call.annotation), "_typing.Any")
    for node in records:
        _record(edits, node)
        if _is_named_tuple(node) or node.name == "Row":
            # What only holds values is in no cycle: the collector of garbage never has to look at it.
            edits.before(node, "@_attr(acyclic=True)\n")
    return edits.done()


def _final(edits: Edits, node: ast.stmt) -> None:
    """Make a constant of a module final: it is then read from its place and not from a dictionary."""
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        if _is_constant(node.targets[0]):
            end = edits.span(node.targets[0])[1]
            edits.replace(end, end, ": _typing.Final")
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and _is_constant(node.target):
        edits.replace(*edits.span(node.annotation), f"_typing.Final[{edits.said(node.annotation)}]")


def _asked(tree: ast.Module) -> set[str]:
    """Name the records of requests that a module knows."""
    told = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module]
    return {one.name for node in told if (node.module or "").startswith(ASKED) for one in node.names}


def _names(node: ast.expr) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _is_constant(target: ast.Name) -> bool:
    name = target.id.strip("_")
    return name.isupper() and len(name) > 1  # one letter names a type


def _call(edits: Edits, call: ast.Call, name: str) -> None:
    if name == "made" and isinstance(call.args[1], ast.Tuple):
        (start, end), (first, last) = edits.span(call), edits.span(call.args[1])
        edits.replace(start, first, edits.said(call.args[0]))
        edits.replace(last, end, "")
    elif name == "sum" and isinstance(call.args[0], ast.ListComp) and not call.keywords:
        start, end = edits.span(call.args[0])
        edits.replace(start, start + 1, "")
        edits.replace(end - 1, end, "")
    elif name == "zip" and call.keywords and not any(isinstance(one, ast.Starred) for one in call.args):
        edits.replace(edits.span(call.args[-1])[1], edits.span(call.keywords[-1].value)[1], "")


def _is_named_tuple(node: ast.ClassDef) -> bool:
    return any(isinstance(base, ast.Name) and base.id == "NamedTuple" for base in node.bases)


def _options(node: ast.ClassDef) -> dict[str, object] | None:
    """Return how a dataclass is made; None for every other class."""
    for one in node.decorator_list:
        name = one.func if isinstance(one, ast.Call) else one
        if isinstance(name, ast.Name) and name.id == "dataclass":
            words = one.keywords if isinstance(one, ast.Call) else []
            return {word.arg or "": ast.literal_eval(word.value) for word in words}
    return None


def _record(edits: Edits, node: ast.ClassDef) -> None:
    options, row = _options(node), _is_named_tuple(node)
    if options is None and not row:
        return
    fields = [one for one in node.body if isinstance(one, ast.AnnAssign)]
    if options is None:
        edits.replace(*edits.span(node.bases[0]), "_Row")
    else:
        told = {**options, "init": False}
        told.pop("slots", None)
        decorator = f"dataclass({', '.join(f'{name}={value}' for name, value in told.items())})"
        edits.replace(*edits.span(node.decorator_list[0]), decorator)
    methods = "\n".join(_methods(edits, node, fields, options or {}))
    after = node.body.index(fields[-1])
    told_of = node.body[after + 1] if after + 1 < len(node.body) else None
    doc = isinstance(told_of, ast.Expr) and isinstance(told_of.value, ast.Constant)
    edits.after_line(told_of if doc and told_of else fields[-1], f"\n\n{methods}\n")


def _methods(
    edits: Edits, node: ast.ClassDef, fields: list[ast.AnnAssign], options: dict[str, object]
) -> Iterator[str]:
    """Write the constructor of a record, and what else the standard library would write at run time."""
    # A frozen record is first set here; the standard library's constructor does so unseen by the checker.
    ignored, body = "  # type: ignore[misc]" if options.get("frozen") else "", []
    wanted = ["*"] if options.get("kw_only") else []
    names = []
    for one in fields:
        assert isinstance(one.target, ast.Name)
        name, kind, value = one.target.id, edits.said(one.annotation), one.value
        given = name
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "field":
            told = {word.arg: word.value for word in value.keywords}
            if "init" in told:
                continue  # `__post_init__` sets it
            given = f"{edits.said(told['default_factory'])}() if {name} is None else {name}"
            wanted.append(f"{name}: {kind} | None = None")
        else:
            wanted.append(f"{name}: {kind}" + (f" = {edits.said(value)}" if value else ""))
        edits.replace(edits.span(one.annotation)[1], edits.span(one)[1], "")
        names.append(name)
        body.append(f"        self.{name} = {given}{ignored}")
    if any(isinstance(one, ast.FunctionDef) and one.name == "__post_init__" for one in node.body):
        body.append("        self.__post_init__()")
    values = f"({''.join(f'self.{name}, ' for name in names)})"
    yield f"    def __init__(self, {', '.join(wanted)}) -> None:\n" + "\n".join(body) + "\n"
    if not _is_named_tuple(node):
        yield f"    def __reduce__(self) -> _typing.Any:\n        return {node.name}, {values}\n"
        return
    yield f"    _fields: _typing.ClassVar[tuple[str, ...]] = {tuple(names)!r}\n"
    yield f"    def _values(self) -> tuple[_typing.Any, ...]:\n        return {values}\n"
    kept = ", ".join(f"changed.get({name!r}, self.{name})" for name in names)
    yield f'    def _replace(self, **changed: _typing.Any) -> "{node.name}":'
    yield f"        return {node.name}({kept})\n"
