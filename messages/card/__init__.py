"""The whole of an order, behind the card's «Подробно»."""
