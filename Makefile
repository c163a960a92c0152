# Usward. `make run` is all that a host needs; the rest is for developers.
.POSIX:
.PHONY: run demo test nightly lint look bench dev help

PY = .venv/bin/python

run:            ## set up what is missing, then serve on http://localhost:8000 (PORT, HOST, USWARD_DATA)
	@scripts/bootstrap
	@exec $(PY) -m usward serve

demo:           ## a demo couple on two phones, in a folder that is thrown away
	@scripts/bootstrap
	@exec $(PY) -m usward demo

test: dev       ## everything that decides whether it is good
	@scripts/chromium >/dev/null
	@$(MAKE) -s lint
	@CHROMIUM=$$(scripts/chromium) scripts/test

nightly: dev    ## the proofs with patience: 2,000 examples of every property, kill -9 a hundred times, every picture
	@HYPOTHESIS_PROFILE=nightly $(PY) -m pytest tests/vault tests/entries tests/plans tests/calendars
	@USWARD_NIGHTLY=1 $(PY) -m pytest tests/crash
	@CHROMIUM=$$(scripts/chromium) $(PY) -m tests.look >/dev/null

lint: dev       ## style, types, floors
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy config usward tests
	@.venv/bin/lint-imports --no-cache

look: dev       ## a picture of every page, light and dark
	@CHROMIUM=$$(scripts/chromium) $(PY) -m tests.look

bench: dev      ## the figures of docs/BENCHMARKS.md
	@CHROMIUM=$$(scripts/chromium) $(PY) -m benchmarks

dev:            ## the environment for developers
	@scripts/bootstrap requirements-dev.txt

help:           ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile
