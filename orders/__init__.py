"""The rules of the trade: what an order is, who may do what with it, what follows from it and when.

Pure: nothing here reads a clock, a file or a network; `now` is always an argument.
"""
