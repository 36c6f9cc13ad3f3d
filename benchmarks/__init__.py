"""Benchmarks: each module measures one performance goal against a baseline in the same run."""
