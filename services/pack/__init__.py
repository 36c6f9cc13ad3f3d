"""The pack for the day: all orders on paper, for when everything else is down."""
