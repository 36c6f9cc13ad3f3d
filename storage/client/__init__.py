"""Client links, the talk with a client, and the photos and positions shown to clients."""
