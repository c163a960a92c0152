"""What somebody without JavaScript finds on a page: its forms, with their fields as they stand, and its links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Pairs = list[tuple[str, str]]
Attributes = dict[str, str]
MEASURES = ("min", "max", "maxlength", "pattern", "multiple", "accept")


@dataclass
class SeenForm:
    """A form as a page offers it: where it goes, and its fields as they stand. `kinds` says what each field is."""

    action: str
    method: str
    draft: str = ""
    fields: Pairs = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    buttons: Pairs = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    measures: dict[str, Attributes] = field(default_factory=dict)

    @property
    def files(self) -> bool:
        """Whether it takes files, and is therefore sent in parts."""
        return "file" in self.kinds.values()


class PageParser(HTMLParser):
    """Feed it a page; `forms` and `links` are what it found."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[SeenForm] = []
        self.links: list[str] = []
        self._by_id: dict[str, SeenForm] = {}
        self._open: SeenForm | None = None
        self._area: SeenForm | None = None
        self._select: tuple[SeenForm, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            method = given.get("method", "get").upper()
            self._open = SeenForm(given.get("action", ""), method, given.get("data-draft", ""))
            self.forms.append(self._open)
            self._by_id[given.get("id", "")] = self._open
        elif tag == "option" and self._select:
            self._option(*self._select, given)
        elif tag in ("input", "textarea", "select", "button") and "disabled" not in given:
            form = self._by_id.get(given["form"]) if "form" in given else self._open
            if form is not None and given.get("name"):
                self._control(form, tag, given)

    def _option(self, form: SeenForm, name: str, given: Attributes) -> None:
        form.choices.setdefault(name, []).append(given.get("value", ""))
        if "selected" in given or name not in dict(form.fields):
            form.fields = [pair for pair in form.fields if pair[0] != name]
            form.fields.append((name, given.get("value", "")))

    def _control(self, form: SeenForm, tag: str, given: Attributes) -> None:
        name = given["name"]
        kind = given.get("type", "text") if tag == "input" else tag
        if tag == "button" or kind in ("submit", "button", "image", "reset"):
            form.buttons.append((name, given.get("value", "")))
            return
        form.kinds[name] = kind
        form.measures[name] = {key: value for key, value in given.items() if key in MEASURES}
        if tag == "select":
            self._select = (form, name)
        elif kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.fields.append((name, given.get("value", "on")))
        elif kind != "file":
            form.fields.append((name, given.get("value", "")))
            self._area = form if tag == "textarea" else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            name, before = self._area.fields[-1]
            self._area.fields[-1] = (name, before + data)
