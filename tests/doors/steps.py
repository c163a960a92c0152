"""What people do, by plain forms: sign up, invite, answer, join, confirm. The same in this process and over the wire."""

from tests.doors.visitor import Answer, Visitor

PHRASE = "the slow blue river of {}"
Q_TEXT = "The way you hum when you cook."


def email_of(name: str) -> str:
    return f"{name.lower()}@example.org"


def sign_up(person: Visitor, name: str, text: str = Q_TEXT, passphrase: str = "") -> Answer:
    """From the first page to a place of one's own."""
    first = person.get("/")
    page = person.submit(first.form("begin/"), {"text": text})
    fields = {"name": name, "email": email_of(name), "passphrase": passphrase or PHRASE.format(name)}
    answer = person.submit(page.form("begin/"), fields | {"zone": "Europe/Copenhagen"})
    assert answer.status == 200, f"{name} could not sign up: {answer.status}"
    return answer


def sign_in(person: Visitor, name: str, passphrase: str = "") -> Answer:
    """Through the sign-in form. The answer is not followed."""
    form = person.get("/sign-in/").form("sign-in/")
    fields = {"login": email_of(name), "password": passphrase or PHRASE.format(name)}
    return person.submit(form, fields, follow=False)


def code_for(person: Visitor) -> str:
    """The code of one's standing invitation, made where there is none."""
    page = person.follow(person.get("/invite/"))
    if 'class="code"' not in page.text:
        page = person.submit(page.form("invite/"))
    return page.find(r'class="code">([^<]+)<')


def join(guest: Visitor, name: str, code: str, text: str = "Your notes on the fridge.", passphrase: str = "") -> Answer:
    """From the code to a place of one's own, with four words on it."""
    asked = guest.submit(guest.get("/i/").form("i/"), {"code": code})
    both = guest.submit(asked.form("i/answer/"), {"text": text})
    fields = {"name": name, "email": email_of(name), "passphrase": passphrase or PHRASE.format(name)}
    return guest.submit(both.form("i/join/"), fields | {"zone": "Europe/Copenhagen"})


def confirm(person: Visitor) -> Answer:
    """The four words agree."""
    return person.submit(person.get("/").form("confirm/"), {"same": "yes"})


def pair(host: Visitor, guest: Visitor, names: tuple[str, str]) -> None:
    """Two people, from nothing to one space."""
    sign_up(host, names[0])
    join(guest, names[1], code_for(host))
    confirm(host)
    assert guest.get("/").status == 200
    assert host.get("/").status == 200
