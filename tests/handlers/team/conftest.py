from __future__ import annotations

from orders.model.people import Role
from storage.team import staff
from tests.handlers.conftest import Shop

MANAGER, FLORIST, COURIER = 200, 300, 400
CHATS = {Role.MANAGER: MANAGER, Role.SELLER: FLORIST, Role.COURIER: COURIER}


async def join(shop: Shop, role: Role, language: str = "ru") -> None:
    """Add and connect a person with this role."""
    async with shop.app.database.write() as c:
        member = await staff.add(c, 1, f"+7916000{CHATS[role]:04}", role.value, role)
        await staff.connect(c, member.staff_id, CHATS[role], language, role.value)
