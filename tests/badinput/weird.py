"""What may come into a field, by accident or on purpose."""

LONG = "z" * 100_000

WEIRD: dict[str, str] = {
    "empty": "",
    "blank": " \t\n ",
    "100 kB": LONG,
    "emoji": "👩‍❤️‍👨🏽 fine 🫠",
    "right to left": "\u202eabc\u202c \u05e9\u05dc\u05d5\u05dd",
    "control characters": "a\x00b\x01c\x1b[31md\x7fe\u2028f\ufff9g",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{ 7|add:7 }}{% now 'Y' %}",
    "a lone surrogate": "a\ud800b",
    "combining": "e" + "\u0301" * 300,
    "no id": "not-a-uuid",
    "no day": "2026-02-31",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "a number": "-99999999999999999999",
    "a path": "//elsewhere.example/../..//%2e%2e%0d%0aSet-Cookie:x=1",
    "a choice that is none": "neither-this-nor-that",
    "sql": "'; DROP TABLE entries_entry; --",
}

RAW_BODIES: dict[str, tuple[bytes, str]] = {
    "invalid utf-8": (b"text=%ff%fe%80&line=\xff\xfe&exchange=%c0%af&code=%ff", "application/x-www-form-urlencoded"),
    "another charset": (b"text=a&line=b", "application/x-www-form-urlencoded; charset=no-such-charset"),
    "json": (b'{"text": ["a"]}', "application/json"),
    "a broken multipart": (
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nabc',
        "multipart/form-data; boundary=x",
    ),
    "a multipart without boundary": (b"abc", "multipart/form-data"),
    "a file": (
        b'--x\r\nContent-Disposition: form-data; name="text"; filename="a.txt"\r\n\r\nabc\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
    ),
    "very many fields": (b"&".join(b"f%d=1" % n for n in range(5000)), "application/x-www-form-urlencoded"),
    "nothing": (b"", "application/x-www-form-urlencoded"),
}

NAMES: tuple[str, ...] = (
    "text",
    "line",
    "meant",
    "shows",
    "question",
    "kind",
    "when",
    "day",
    "mood",
    "need",
    "seen_by",
    "id",
    "replaces",
)
NAMES += ("exchange", "entry", "card", "composer", "draft-text", "next", "offer", "ceiling", "closed", "code", "name")
NAMES += ("email", "passphrase", "zone", "invitation", "same", "do", "login", "password")
