"""The example company's year: its catalogue, its customers and what they came with, made from a seed.

Nothing here is used by a desk in earnest; it calls the same actions as the pages do, with the clock set back.
"""

PASSWORD = "tam-long-ben-xuan"  # known to everybody: the demo listens on this machine only
