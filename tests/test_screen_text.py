"""No bare text from data reaches a widget: markup in it would act, control characters escape.

A widget takes a literal, a `_()` call, or something made by `T()`, `Text()` or `Content()`. A plain
name, an attribute, an f-string, a formatted or joined string fails, unless the source declares it
`Text` or `Content` (which mypy then holds it to).
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import pytest

from tests.source import Module, called_name, modules, parsed

# What people see of a call: its positional arguments from .. to (None: all), and keywords.
SINKS: dict[str, tuple[int, int | None]] = {
    "add_row": (0, None),
    "add_column": (0, 1),
    "add_columns": (0, None),
    "add_leaf": (0, 1),
    "add_option": (0, 1),
    "add_options": (0, 1),
    "set_label": (0, 1),
    "set_options": (0, 1),
    "replace_option_prompt": (1, 2),
    "replace_option_prompt_at_index": (1, 2),
    "update_cell": (2, 3),
    "update_cell_at": (1, 2),
    "with_tooltip": (0, 1),
    "write_line": (0, 1),
    "notify": (0, 1),
    "exit": (2, 3),
    "update": (0, 1),
    "Button": (0, 1),
    "Checkbox": (0, 1),
    "Collapsible": (1, 1),
    "Digits": (0, 1),
    "Input": (1, 2),
    "Label": (0, 1),
    "Link": (0, 1),
    "Markdown": (0, 1),
    "Option": (0, 1),
    "OptionList": (0, None),
    "Placeholder": (0, 1),
    "RadioButton": (0, 1),
    "RadioSet": (0, None),
    "Select": (0, 1),
    "Selection": (0, 1),
    "SelectionList": (0, None),
    "Static": (0, 1),
    "Tab": (0, 1),
    "TabPane": (0, 1),
    "Tabs": (0, None),
    "TabbedContent": (0, None),
    "Tree": (0, 1),
}
SEEN_KEYWORDS = frozenset(
    {
        "title",
        "subtitle",
        "sub_title",
        "label",
        "message",
        "prompt",
        "placeholder",
        "tooltip",
        "content",
        "renderable",
    }
)
SEEN_ATTRIBUTES = frozenset(
    {
        "border_title",
        "border_subtitle",
        "tooltip",
        "placeholder",
        "title",
        "sub_title",
        "prompt",
        "label",
    }
)
# These draw a `str` as it stands, so that control characters are all there is to mark.
WITHOUT_MARKUP = frozenset({"title", "sub_title", "placeholder"})

MAKERS = frozenset({"T", "Text", "Content"})
WORDS = frozenset({"_", "plural"})
INERT_TYPES = frozenset(
    {"T", "Text", "Content", "Option", "Selection", "Tab", "None", "int", "float", "bool", "..."}
)
COLLECTIONS = frozenset(
    {"list", "tuple", "Sequence", "Iterable", "Iterator", "Generator", "dict", "Mapping"}
)


@dataclass(frozen=True, slots=True)
class Declared:
    """The names of functions, properties and fields that the rooms declare inert."""

    names: frozenset[str]

    @classmethod
    def of(cls, read: tuple[Module, ...]) -> "Declared":
        """Collect them: a name counts when every declaration of it is inert."""
        inert: set[str] = set()
        other: set[str] = set()
        for node in chain.from_iterable(ast.walk(module.tree) for module in read):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                (inert if is_inert_type(node.returns) else other).add(node.name)
            elif isinstance(node, ast.ClassDef):
                for field in node.body:
                    if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                        kind = inert if is_inert_type(field.annotation) else other
                        kind.add(field.target.id)
        return cls(frozenset(inert - other))


def is_inert_type(annotation: ast.expr | None) -> bool:
    """Say whether every part of `annotation` is a type that carries no bare text."""
    if annotation is None:
        return False
    if isinstance(annotation, ast.BinOp):
        return is_inert_type(annotation.left) and is_inert_type(annotation.right)
    if isinstance(annotation, ast.Tuple):
        return all(is_inert_type(part) for part in annotation.elts)
    if isinstance(annotation, ast.Subscript):
        return ast.unparse(annotation.value) in COLLECTIONS and is_inert_type(annotation.slice)
    return ast.unparse(annotation) in INERT_TYPES


@dataclass(frozen=True, slots=True)
class Scope:
    """One function (or a module's top level) and what is known of its names."""

    declared: Declared
    node: ast.AST

    def inert(self, value: ast.expr, *, markup: bool = True) -> bool:
        """Say whether `value` can be shown: no part of it is text nobody looked at."""
        match value:
            case ast.Constant():
                return True
            case ast.Starred() | ast.NamedExpr() | ast.Await():
                return self.inert(value.value, markup=markup)
            case ast.IfExp():
                return self.all_inert([value.body, value.orelse], markup)
            case ast.BoolOp():
                return self.all_inert(value.values, markup)
            case ast.BinOp(op=ast.Add()):
                return self.all_inert([value.left, value.right], markup)
            case ast.Tuple(elts=[shown, _]):
                return self.inert(shown, markup=markup)  # (what is shown, its value)
            case ast.List() | ast.Tuple():
                return self.all_inert(value.elts, markup)
            case ast.ListComp() | ast.GeneratorExp():
                return self.inert(value.elt, markup=markup)
            case ast.Call():
                return self.made_inert(value, markup)
            case ast.Attribute():
                return value.attr in self.declared.names
            case ast.Name():
                return self.name_is_inert(value.id)
        return False

    def all_inert(self, values: list[ast.expr], markup: bool) -> bool:
        """Say whether each of `values` can be shown."""
        return all(self.inert(value, markup=markup) for value in values)

    def made_inert(self, call: ast.Call, markup: bool) -> bool:
        """Say whether `call` gives something that can be shown."""
        name = called_name(call)
        if name == "visible" and not markup:
            return True
        if isinstance(call.func, ast.Attribute):
            owner = ast.unparse(call.func.value)
            if owner in MAKERS:
                return name in {"assemble", "from_markup", "from_text", "styled", "empty", "blank"}
        return name in MAKERS | WORDS | INERT_TYPES | self.declared.names

    def name_is_inert(self, name: str) -> bool:
        """Say whether all this function gives to the variable `name` can be shown."""
        given: list[bool] = []
        for node in ast.walk(self.node):
            match node:
                case ast.arg(arg=bound) if bound == name:
                    given.append(is_inert_type(node.annotation))
                case ast.AnnAssign(target=ast.Name(id=bound)) if bound == name:
                    given.append(is_inert_type(node.annotation))
                case ast.Assign() if any(binds(target, name) for target in node.targets):
                    given.append(
                        isinstance(node.targets[0], ast.Name)
                        and not refers_to(node.value, name)
                        and self.inert(node.value)
                    )
                case ast.NamedExpr(target=ast.Name(id=bound)) if bound == name:
                    given.append(not refers_to(node.value, name) and self.inert(node.value))
                case ast.AugAssign(target=ast.Name(id=bound)) if bound == name:
                    given.append(self.inert(node.value))
                case ast.For() | ast.AsyncFor() | ast.comprehension() if binds(node.target, name):
                    given.append(isinstance(node.target, ast.Name) and self.inert(node.iter))
                case ast.withitem(optional_vars=ast.expr() as target) if binds(target, name):
                    given.append(False)
        return bool(given) and all(given)


def binds(target: ast.expr, name: str) -> bool:
    """Say whether assigning to `target` binds `name`."""
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(target))


refers_to = binds


def scopes(module: Module) -> Iterator[tuple[ast.AST, list[ast.AST]]]:
    """Yield each outermost function of `module` and its top level, with the nodes inside."""
    inside: set[int] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and id(node) not in inside:
            nodes = list(ast.walk(node))
            inside.update(map(id, nodes))
            yield node, nodes
    top = [node for node in ast.walk(module.tree) if id(node) not in inside]
    yield ast.Module([node for node in module.tree.body if id(node) in map(id, top)], []), top


def shown_by(call: ast.Call) -> Iterator[tuple[ast.expr, bool]]:
    """Yield what `call` puts on the screen, each with whether markup in it would act."""
    name = called_name(call)
    marked = not any(
        keyword.arg == "markup"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value is False
        for keyword in call.keywords
    )
    if name not in SINKS:
        return
    first, last = SINKS[name]
    for argument in call.args[first:last]:
        yield argument, marked
    for keyword in call.keywords:
        if keyword.arg in SEEN_KEYWORDS:
            yield keyword.value, marked and keyword.arg not in WITHOUT_MARKUP


def bare_text(module: Module, declared: Declared) -> Iterator[str]:
    """Yield each place of `module` where a widget is given text nobody looked at."""
    for function, nodes in scopes(module):
        scope = Scope(declared, function)
        for node in nodes:
            if isinstance(node, ast.Call):
                shown = [
                    value
                    for value, marked in shown_by(node)
                    if not scope.inert(value, markup=marked)
                ]
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = {target.attr for target in targets if isinstance(target, ast.Attribute)}
                seen = names & SEEN_ATTRIBUTES
                marked = not seen <= WITHOUT_MARKUP
                shown = [node.value] if seen and not scope.inert(node.value, markup=marked) else []
            else:
                continue
            for value in shown:
                yield f"{module.at(node)} shows {ast.unparse(value)[:60]} as it came: use T()"


def raw_makers(module: Module, declared: Declared) -> Iterator[str]:
    """Yield each `Text()` or `Content()` given text that `visible()` has not seen."""
    for function, nodes in scopes(module):
        scope = Scope(declared, function)
        for node in nodes:
            if not isinstance(node, ast.Call):
                continue
            first = node.args[0] if node.args else ast.Constant(None)
            made = ast.unparse(node.func)
            if made in {"Text", "Content"} and not scope.inert(first, markup=False):
                yield f"{module.at(node)} makes {made} of raw text: use T()"
            if called_name(node) == "from_markup" and not isinstance(first, ast.Constant):
                yield f"{module.at(node)} reads markup from something that is no literal"


def screens() -> tuple[Module, ...]:
    """Return the modules of the terminal app."""
    return tuple(module for module in modules() if module.room == "tui")


def test_no_widget_is_given_bare_text() -> None:
    """Everything the app hands to a widget is a literal, a message, or inert text."""
    declared = Declared.of(screens())
    found = [place for module in screens() for place in bare_text(module, declared)]
    assert not found, "\n".join(found)


def test_inert_text_is_made_of_visible_text() -> None:
    """`Text` and `Content` stop markup only: what goes into them has passed `visible()`."""
    declared = Declared.of(screens())
    found = [place for module in screens() for place in raw_makers(module, declared)]
    assert not found, "\n".join(found)


REFUSED = [
    "Static(name)",
    "Static(f'{name}')",
    "Static(self.account.name)",
    "Static(_('{n} accounts').format(n=name))",
    "Static('%s' % name)",
    "Static('name: ' + name)",
    "Static(', '.join(names))",
    "Static(str(name))",
    "Static(_('None') if empty else name)",
    "Static(name or _('unknown'))",
    "Static(visible(name))",
    "Static(content=name)",
    "Label(name, id='x')",
    "Button(name)",
    "Option(name)",
    "OptionList(T(one), name)",
    "OptionList(*names)",
    "Select([(name, 1) for name in names])",
    "Select([(T(one), 1), (name, 2)])",
    "Select(options, prompt=T(one))",
    "Tree(name)",
    "TabPane(name)",
    "Collapsible(title=f'{name}')",
    "Input(placeholder=name)",
    "table.add_row(T(one), name)",
    "table.add_row(*row)",
    "table.add_row(*[cell.text for cell in row])",
    "table.add_column(name)",
    "node.add_leaf(name)",
    "self.query_one(Static).update(name)",
    "self.notify(name)",
    "self.notify(visible(name))",
    "self.notify(name, markup=False)",
    "self.notify(_('Saved'), title=name)",
    "self.app.exit(message=name)",
    "self.border_title = name",
    "self.tooltip = f'{name}'",
    "self.sub_title = name",
    "text = name\nStatic(text)",
    "text = T(name)\ntext = name\nStatic(text)",
    "text = text\nStatic(text)",
    "for line in lines:\n    Static(line)",
    "def f(line: str) -> None:\n    Static(line)",
    "def f() -> str:\n    return name\nStatic(f())",
]
ACCEPTED = [
    "Static()",
    "Static('Accounts')",
    "Static(_('Accounts'))",
    "Static(plural('{n} account', '{n} accounts', n))",
    "Static(T(name))",
    "Static(T(_('{n} accounts').format(n=name)))",
    "Static(T(name) if name else _('unknown'))",
    "Static(T(name) + ' ' + T(other))",
    "Static(Content.assemble(T(name), T(other)))",
    "Static(_('Accounts'), id=name)",
    "Select([(T(name), value) for name, value in rows])",
    "Tree(T(name), data=record)",
    "table.add_row(T(name), T(other), key=key)",
    "table.add_row(*[T(cell) for cell in row])",
    "Input(value, placeholder=visible(name))",
    "self.notify(visible(name), title=visible(name), markup=False)",
    "self.sub_title = visible(name)",
    "self.border_title = T(name)",
    "text = T(name)\nStatic(text)",
    "lines = [T(name) for name in names]\nfor line in lines:\n    Static(line)",
    "def f(line: Text | None) -> None:\n    Static(line)",
    "def f() -> list[Text]:\n    return []\nOptionList(*f())",
    "class Line:\n    label: Content\nStatic(line.label)",
]


@pytest.mark.parametrize("source", REFUSED)
def test_bare_text_is_seen(source: str) -> None:
    """Each way of handing data to a widget as it came is found."""
    module = parsed("tui/sample.py", source)
    assert list(bare_text(module, Declared.of((module,))))


@pytest.mark.parametrize("source", ACCEPTED)
def test_inert_text_is_left_alone(source: str) -> None:
    """Each proper way is accepted."""
    module = parsed("tui/sample.py", source)
    assert not list(bare_text(module, Declared.of((module,))))


@pytest.mark.parametrize(
    ("source", "refused"),
    [
        ("Text(name)", True),
        ("Text(f'{name}')", True),
        ("Content(self.account.name)", True),
        ("Text(_('{n} of us').format(n=name))", True),
        ("Text.from_markup(name)", True),
        ("Content.from_markup(f'[b]{name}')", True),
        ("Text()", False),
        ("Text(visible(name))", False),
        ("Content(_('Accounts'))", False),
        ("Content.from_markup('[b]$name', name=name)", False),
    ],
)
def test_raw_text_in_a_maker_is_seen(source: str, refused: bool) -> None:
    """`Text(name)` is found, `Text(visible(name))` is not."""
    module = parsed("tui/sample.py", source)
    assert bool(list(raw_makers(module, Declared.of((module,))))) is refused
