"""Ideas: what to do together. Three that fit the moment, the same for both; what both like is a match.

So far the pure half, described in docs/ideas.md: traits.py (what an idea is like, what a moment allows), taste.py (what
somebody may like), choose.py (which three).
"""
