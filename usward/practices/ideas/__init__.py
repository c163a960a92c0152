"""Ideas: what to do together. Three that fit the moment, the same for both; what both like is a match.

The pure half, described in docs/ideas.md, is traits.py (what an idea is like, what a moment allows), taste.py (what
somebody may like), choose.py (which three), moment.py (what the clock suggests) and exchange.py (where a match stands).
"""
