"""The version of the running program."""

VERSION = "0.1.0"
