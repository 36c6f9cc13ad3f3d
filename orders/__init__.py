"""The domain rules: what an order is, who may do what with it, what follows from it and when.

All functions are pure: none reads a clock, a file or a network; `now` is always an argument.
"""
