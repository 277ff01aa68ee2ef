"""What the shell checks when it opens a plugin, and what it can only find out by running it: read, never run."""

import ast
from collections.abc import Iterator
from pathlib import Path

from shared.manifest import Manifest, Problem, load, validate_folder
from shared.plugin_names import nearest


def problems_of(folder: Path) -> list[Problem]:
    """Everything wrong with the plugin in ``folder``: its manifest, and the modules its pages name."""
    problems = validate_folder(folder)
    if problems:
        return problems
    return list(_entry_problems(folder, load(folder)))


def _entry_problems(folder: Path, manifest: Manifest) -> Iterator[Problem]:
    for index, page in enumerate(manifest.pages):
        module, _, name = page.entry.partition(":")
        stem = folder.joinpath(*module.split("."))
        file = stem.with_suffix(".py") if stem.with_suffix(".py").is_file() else stem / "__init__.py"
        try:
            tree = ast.parse(file.read_bytes(), filename=str(file))
        except SyntaxError as error:
            yield Problem(
                file=str(file), line=error.lineno, expected="Python", came=f"something else: {error.msg}"
            )
            continue
        except OSError as error:
            yield Problem(file=str(file), expected="a file that can be read", came=error.strerror or "none")
            continue
        except (ValueError, RecursionError) as error:
            yield Problem(file=str(file), expected="Python", came=f"something else: {error}")
            continue
        names = _top_names(tree)
        if name not in names:
            meant = nearest(name, names)
            yield Problem(
                file=str(file),
                line=1,
                path=f"$.pages[{index}].entry",
                expected=f"'{name}', as plugin.toml names it",
                came=", ".join(sorted(names)) or "nothing",
                hint=f"did you mean '{meant}'?" if meant else "",
            )


def _top_names(tree: ast.Module) -> set[str]:
    """What the module binds at its top level, as far as can be told without running it."""
    names: set[str] = set()
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)  # what stands within is its own
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            names.update(alias.asname or alias.name.partition(".")[0] for alias in node.names)
        waiting.extend(ast.iter_child_nodes(node))
    return names
