import pytest
from aiogram.types import Update

from tests.sandbox.tools import COURIER, DIRECTOR, GROUP, Json, Sandbox


async def membership(met: Sandbox) -> tuple[str, str]:
    change: Json = next(u["my_chat_member"] for u in await met.updates() if "my_chat_member" in u)
    return change["old_chat_member"]["status"], change["new_chat_member"]["status"]


async def test_who_blocks_the_bot_cannot_be_reached(met: Sandbox) -> None:
    await met.people.block("director")
    assert await membership(met) == ("member", "kicked")
    refusal = "Forbidden: bot was blocked by the user"
    assert await met.refusal("sendMessage", chat_id=DIRECTOR, text="x") == refusal
    assert await met.refusal("sendChatAction", chat_id=DIRECTOR, action="typing") == refusal
    with pytest.raises(AssertionError, match="has blocked the bot"):
        await met.people.text("director", "привет")
    await met.people.block("director")
    await met.people.unblock("director")
    assert await membership(met) == ("kicked", "member")
    assert (await met.result("sendMessage", chat_id=DIRECTOR, text="x"))["text"] == "x"


async def test_start_ends_a_block(met: Sandbox) -> None:
    await met.people.block("courier")
    await met.updates()
    await met.people.start("courier")
    kinds = [next(kind for kind in update if kind != "update_id") for update in await met.updates()]
    assert kinds == ["my_chat_member", "message"]
    assert (await met.result("sendMessage", chat_id=COURIER, text="x"))["text"] == "x"


async def test_a_kicked_bot_is_out_until_it_is_added(met: Sandbox) -> None:
    card = await met.result("sendMessage", chat_id=GROUP, text="Новый заказ")
    await met.people.kick("group", by="florist")
    assert await membership(met) == ("member", "kicked")
    refusal = "Forbidden: bot was kicked from the group chat"
    assert await met.refusal("sendMessage", chat_id=GROUP, text="x") == refusal
    edit = {"chat_id": GROUP, "message_id": card["message_id"], "text": "y"}
    assert await met.refusal("editMessageText", **edit) == refusal
    await met.people.text("director", "/orders", "group")
    assert await met.updates() == []
    await met.people.add("group")
    updates = await met.updates()
    assert updates[0]["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert updates[1]["message"]["new_chat_members"][0]["username"] == "florist_demo_bot"
    assert (await met.result("sendMessage", chat_id=GROUP, text="x"))["text"] == "x"


async def test_a_bot_that_left_is_no_member(met: Sandbox) -> None:
    assert await met.result("leaveChat", chat_id=GROUP) is True
    refusal = "Forbidden: bot is not a member of the group chat"
    assert await met.refusal("sendMessage", chat_id=GROUP, text="x") == refusal
    assert (await met.refusal("leaveChat", chat_id=DIRECTOR)).startswith("Bad Request: ")


async def test_a_migrated_group_points_to_its_successor(met: Sandbox) -> None:
    new_id = await met.people.migrate("group")
    answer = await met.call("sendMessage", chat_id=GROUP, text="x")
    assert answer == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new_id},
    }
    old, new = (update["message"] for update in await met.updates())
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (GROUP, new_id)
    assert (new["chat"]["id"], new["chat"]["type"], new["migrate_from_chat_id"]) == (
        new_id,
        "supergroup",
        GROUP,
    )
    sent = await met.result("sendMessage", chat_id=new_id, text="после переезда")
    assert sent["message_id"] == 2
    assert (await met.people.messages("director", "group"))[-1].text == "после переезда"
    with pytest.raises(AssertionError, match="409 this is a supergroup already"):
        await met.people.migrate("group")
    await met.people.kick("group")
    assert await met.refusal("sendMessage", chat_id=new_id, text="x") == (
        "Forbidden: bot was kicked from the supergroup chat"
    )


async def test_the_bot_can_ask_who_is_in_a_chat(met: Sandbox) -> None:
    assert (await met.bot.get_chat(GROUP)).title == "Цветы на Лесной · заказы"
    assert (await met.bot.get_chat(DIRECTOR)).first_name == "Анна"
    statuses = {
        key: (await met.bot.get_chat_member(GROUP, key)).status for key in (DIRECTOR, COURIER, 1004, 100)
    }
    assert statuses == {DIRECTOR: "creator", COURIER: "member", 1004: "left", 100: "member"}
    assert [admin.user.id for admin in await met.bot.get_chat_administrators(GROUP)] == [DIRECTOR]
    assert await met.bot.get_chat_member_count(GROUP) == 4
    assert await met.refusal("getChatMember", chat_id=GROUP, user_id=5) == "Bad Request: user not found"
    assert (await met.refusal("getChatAdministrators", chat_id=DIRECTOR)).endswith("in the private chat")


async def test_people_join_and_leave_and_the_bot_hears_details_only_when_it_asked(met: Sandbox) -> None:
    await met.people.join("client")
    assert [list(update) for update in await met.updates()] == [["update_id", "message"]]
    await met.result("getUpdates", allowed_updates=["message", "chat_member"])
    await met.people.leave("courier")
    service, change = await met.updates()
    assert service["message"]["left_chat_member"]["id"] == COURIER
    assert change["chat_member"]["old_chat_member"]["status"] == "member"
    assert change["chat_member"]["new_chat_member"] == {
        **change["chat_member"]["new_chat_member"],
        "status": "left",
    }
    Update.model_validate(change)
    _, world = await met.control("GET", "world")
    assert world["groups"][0]["members"] == ["director", "florist", "client"]
    with pytest.raises(AssertionError, match="409 client is in the group already"):
        await met.people.join("client")
    with pytest.raises(AssertionError, match="409 courier is not in the group"):
        await met.people.leave("courier")
