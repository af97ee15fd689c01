#!/usr/bin/env python3
"""Compares the diagram of docs/architecture.md with the CMake files: the same modules in the same folders, the same arrows."""
import pathlib
import re
import sys

DIAGRAM = "docs/architecture.md"
BUILD_ONLY = {"asio", "warnings"}  # targets without a folder of their own


def built(root):
    """{module: (folder, modules that it links)} of the CMakeLists.txt files."""
    out = {}
    for path in sorted(root.glob("**/CMakeLists.txt")):
        folder = path.parent.relative_to(root).as_posix()
        if folder.split("/")[0] in ("build", "tests"):
            continue
        for name, body in re.findall(r"tinwatch_module\((\w+)([^)]*)\)", path.read_text(encoding="utf-8")):
            out[name] = (folder, set(re.findall(r"tinwatch::(\w+)", body)) - BUILD_ONLY)
    return out


def drawn(text):
    """The same of the diagram: `name[folder<br/>...]`, `name[...] --> other & another`."""
    diagram = re.search(r"```mermaid\ngraph BT\n(.*?)```", text, re.S)
    if not diagram:
        return {}
    out = {}
    for line in diagram[1].splitlines():
        node = re.match(r"\s*(\w+)\[([^<\]]*)[^\]]*\]\s*(?:-->\s*(.*))?$", line)
        if node:
            out[node[1]] = (node[2], set(re.findall(r"\w+", node[3] or "")))
    return out


def differences(code, picture):
    for name in sorted(code.keys() | picture.keys()):
        if name not in picture:
            yield f"the module {name} is missing; it stands in {code[name][0]}"
        elif name not in code:
            yield f"there is no module {name}"
        else:
            (folder, arrows), (drawn_folder, drawn_arrows) = code[name], picture[name]
            if folder != drawn_folder:
                yield f"{name} stands in {folder}, not in {drawn_folder}"
            yield from (f"the arrow {name} --> {other} is missing: it links it" for other in sorted(arrows - drawn_arrows))
            yield from (f"{name} does not link {other}: the arrow goes" for other in sorted(drawn_arrows - arrows))


def main(root):
    found = list(differences(built(root), drawn((root / DIAGRAM).read_text(encoding="utf-8"))))
    for line in found:
        print(f"{DIAGRAM}: {line}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
