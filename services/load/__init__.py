"""The shop's day: its load, its plan, what to buy, and what the chiefs are told of it by themselves."""
