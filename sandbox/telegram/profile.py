"""The bot's profile: names, descriptions, commands, menu button."""

from dataclasses import dataclass, field
from typing import Any

Scope = tuple[str, int, int]


@dataclass
class BotProfile:
    """Texts by language code ("" for any language), and commands by scope and language."""

    name: dict[str, str] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    short_description: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[Scope, str], list[dict[str, Any]]] = field(default_factory=dict)
    menu_button: dict[str, Any] = field(default_factory=lambda: {"type": "commands"})

    def commands_for(self, chat_id: int, user_id: int, language: str) -> list[dict[str, Any]]:
        """Return the commands that a user sees in a chat: the narrowest scope wins, then their language."""
        private = chat_id > 0
        scopes: list[Scope] = [
            ("chat_member", chat_id, user_id),
            ("chat", chat_id, 0),
            ("all_private_chats" if private else "all_group_chats", 0, 0),
            ("default", 0, 0),
        ]
        for scope in scopes:
            for code in (language, ""):
                if (scope, code) in self.commands:
                    return self.commands[scope, code]
        return []
