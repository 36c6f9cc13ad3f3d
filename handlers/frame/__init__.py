"""What all conversations share: who asks, from which shop, how a command is answered, dialogues."""
