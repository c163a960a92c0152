"""Couples who like, pass and do ideas, simulated: `python -m benchmarks.ideas` prints the tables of docs/ideas.md.

Nothing here is of real people. world.py makes ideas and people, lives.py lets couples live twenty rounds under one way of
ranking or another, measures.py says how they fared, what the model foresees and what a partner could guess.
"""
