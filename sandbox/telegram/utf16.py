"""Text lengths as Telegram counts them."""


def utf16_length(text: str) -> int:
    """Count UTF-16 units: characters outside the basic plane count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
