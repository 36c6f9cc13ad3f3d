"""How quick the bot is: each module measures one promise against a yardstick in the same run."""
