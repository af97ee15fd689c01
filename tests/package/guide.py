"""The commands that a document tells people to type."""
import pathlib
import re


class Guide:
    def __init__(self, path: pathlib.Path):
        self.text = path.read_text(encoding="utf-8")

    def commands(self, heading):
        """The indented blocks of a section, in order, each as one script; fenced ones are no commands."""
        begin = self.text.index(f"\n## {heading}\n")
        end = self.text.find("\n## ", begin + 1)
        blocks, lines = [], []
        section = re.sub(r"^```.*?^```$", "", self.text[begin:end if end >= 0 else None], flags=re.S | re.M)
        for line in section.splitlines() + [""]:
            if line.startswith("    "):
                lines.append(line[4:])
            elif lines:
                blocks.append("\n".join(lines))
                lines = []
        return blocks
