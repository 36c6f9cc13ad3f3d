"""How much of each field a card shows. Together they stay under 4096; the whole is one tap away."""

PERSON = 60
STAFF = 40
PHONE = 64
NUMBER = 40
ADDRESS = 200
CARD_TEXT = 300
NOTE = 200
REASON = 120
PRODUCT = 60
DESCRIPTION = 60
URL = 500
LINES = 6
BUTTON = 40
BUTTONS = 8
MAP_QUERY = 150
TALK = 3500
TALK_CAPTION = 900
TALK_LINE = 300
