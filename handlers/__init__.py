"""The conversations: one router per topic, thin: parse, ask the desk, render."""
