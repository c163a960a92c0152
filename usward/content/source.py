"""A content file as its writer sees it: text with line numbers, parsed, and able to say where a thing stands."""

import re
import tomllib
from pathlib import Path
from typing import Any

HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*\]\]?\s*(?:#.*)?$")
POSITION = re.compile(r"^(?P<reason>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$", re.DOTALL)

# What tomllib says, and what helps someone who has never heard of TOML. Matched by how the reason begins.
PLAIN_REASONS = (
    ("Illegal character '\\n'", "a closing quotation mark is missing on this line."),
    ("Unterminated string", "a text begins with a quotation mark, and no quotation mark ends it."),
    ("Expected newline or end of document", "something follows the value; is there a quotation mark inside the text?"),
    ("Expected '=' after a key", 'an equals sign is missing; write it like this: text = "…"'),
    ("Invalid value", "the value is not readable; put words between straight quotation marks."),
    ("Unclosed array", "a list begins with [ and no ] ends it."),
    ("Cannot overwrite a value", "this key stands twice; keep one of the two."),
    ("Cannot mutate immutable namespace", "this section was already written in another form; keep one of the two."),
    ("Cannot declare", "this section is declared twice; sections that repeat have two brackets, as in [[question]]."),
    ("Unescaped '\\'", "a backslash inside a text must be written twice: \\\\"),
)


class ContentError(Exception):
    """A content file says something that cannot be used; `str()` gives `file:line: message`."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(file, line, message)
        self.file, self.line, self.message = file, line, message

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class Source:
    """One TOML file: its parsed `data`, and the lines of its sections and keys."""

    def __init__(self, path: Path) -> None:
        self.path = path
        raw = path.read_bytes()
        try:
            self.text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            raise ContentError(str(path), line, "a letter here is not readable; save the file as UTF-8.") from error
        self.data = self._parse()
        self._lines = list(enumerate(self.text.split("\n"), start=1))
        self._headers = [
            (number, re.sub(r"\s", "", match[1])) for number, text in self._lines if (match := HEADER.match(text))
        ]

    def error(self, line: int, message: str) -> ContentError:
        """An error of this file, ready to raise."""
        return ContentError(str(self.path), line, message)

    def line_of(self, section: str, nth: int) -> int:
        """The line of the nth (from 0) table header called `section`, else that of a key so called, else 1."""
        found = [number for number, name in self._headers if name == section]
        if found:
            return found[min(nth, len(found) - 1)]
        return self.line_of_key(section, 0)

    def line_of_key(self, key: str, header: int) -> int:
        """The line of `key` in the table whose header stands on line `header` (0: the top), else the header's."""
        end = next((number for number, _ in self._headers if number > header), len(self.text) + 1)
        pattern = re.compile(rf"""^\s*["']?{re.escape(key)}["']?\s*[=.]""")
        inside = (number for number, text in self._lines[header : end - 1] if pattern.match(text))
        return next(inside, max(header, 1))

    def line_of_child(self, section: str, header: int, nth: int) -> int:
        """The line of the nth header called `section` below the parent's header line, else the parent's."""
        found = [number for number, name in self._headers if number > header and name == section]
        return found[nth] if nth < len(found) else header

    def _parse(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            match = POSITION.match(str(error))
            reason = match["reason"] if match else str(error)
            line = int(match["line"]) if match and match["line"] else self.text.rstrip("\n").count("\n") + 1
            plain = next((words for start, words in PLAIN_REASONS if reason.startswith(start)), "")
            message = plain or f"this is not written as TOML wants it ({reason})."
            raise ContentError(str(self.path), line, message) from error
