"""All data of an order («Подробно»), its flags, and its card in the group."""
