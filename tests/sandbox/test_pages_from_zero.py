from collections.abc import Callable

import pytest

from sandbox.config import SandboxConfig
from tests.sandbox.tools import Sandbox


@pytest.fixture
def configure() -> Callable[[SandboxConfig], SandboxConfig]:
    return lambda config: config.model_copy(update={"orders_first_page": 0})


@pytest.mark.parametrize(("page", "shown"), [("", 1), ("&page=0", 1), ("&page=1", 0)])
async def test_the_order_list_may_count_its_pages_from_zero(sandbox: Sandbox, page: str, shown: int) -> None:
    newest = [await sandbox.people.place_order(deliver="none") for _ in range(2)][shown]
    url = f"{sandbox.url}/apiseller/orders/list?shopId=501&limit=1{page}"
    headers = {"Authorization": "Bearer demo-seller-token"}
    async with sandbox.http.get(url, headers=headers) as response:
        assert [order["id"] for order in (await response.json())["items"]] == [newest.id]
