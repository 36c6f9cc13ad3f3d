"""Messages to clients, the staff's menu for contacting them, agreements with them."""
