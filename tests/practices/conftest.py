"""The same three people as on the pages behind: Anna and Ben, and Cleo."""

from tests.behind.conftest import come, plain, stranger, two

__all__ = ["come", "plain", "stranger", "two"]
