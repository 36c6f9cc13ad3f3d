// What the page itself says; the people's names and the samples' labels come from the sandbox.
const RU = {
  title: "Цветочная песочница", connecting: "Соединяемся…", connected: "На связи", lost: "Связь потеряна, пробуем снова…",
  place: "Новый заказ", orders: "Заказы", noOrders: "Заказов пока нет. Нажмите «Новый заказ».",
  cancel: "Клиент отменяет", resend: "Прислать вебхук ещё раз", cancelled: "отменён",
  webhook: "вебхук", noAnswer: "нет ответа", calls: "вызовы",
  statuses: { 1: "новый", 2: "принят", 3: "выполнен", 4: "в доставке", 5: "фото", 7: "ждёт выдачи" },
  start: "Начать", unblock: "Разблокировать бота", notStarted: "ещё не начал чат", typing: "печатает…", bot: "чат с ботом",
  blocked: "бот заблокирован", kicked: "бота нет в группе", as: "Вы пишете как", youAre: "вы: ",
  message: "Сообщение", send: "Отправить", attach: "Прикрепить фото или файл", camera: "Снять на камеру", commands: "Команды",
  asPhoto: "Фото", asFile: "Файл", remove: "Убрать", reply: "Ответить", replyTo: "Ответ: ", edited: "изменено",
  silent: "без звука", photo: "Фото", sticker: "Стикер", voice: "Голосовое", contact: "Контакт", openPhoto: "Открыть фото",
  emptyChat: "Нажмите «Начать»: до этого бот не может писать сюда", emptyGroup: "В группе пока тихо", group: "Группа", keyboard: "Кнопки бота", chatWith: "Чат: ", close: "Закрыть", copied: "Скопировано", openLink: "Открыть ссылку от магазина", forwarded: "Переслано: ", files: "Файлов: ", document: "Файл",
  onlyYou: "Видите только вы",
  joined: "В группе теперь: ", left: "Больше не в группе: ", pinned: "Закреплено: ", migrated: "Группа стала супергруппой",
};
const EN = {
  title: "Flower sandbox", connecting: "Connecting…", connected: "Connected", lost: "Connection lost, trying again…",
  place: "New order", orders: "Orders", noOrders: "No orders yet. Press “New order”.",
  cancel: "Client cancels", resend: "Send the webhook again", cancelled: "cancelled",
  webhook: "webhook", noAnswer: "no answer", calls: "calls",
  statuses: { 1: "new", 2: "accepted", 3: "finished", 4: "in delivery", 5: "photo", 7: "waiting for pickup" },
  start: "Start", unblock: "Unblock the bot", notStarted: "has not started the chat", typing: "is typing…", bot: "chat with the bot",
  blocked: "the bot is blocked", kicked: "the bot is not in the group", as: "You write as", youAre: "you: ",
  message: "Message", send: "Send", attach: "Attach a photo or file", camera: "Take a picture", commands: "Commands",
  asPhoto: "Photo", asFile: "File", remove: "Remove", reply: "Reply", replyTo: "Reply: ", edited: "edited",
  silent: "silent", photo: "Photo", sticker: "Sticker", voice: "Voice message", contact: "Contact", openPhoto: "Open the photo",
  emptyChat: "Press “Start”: before that the bot cannot write here", emptyGroup: "Nobody has written here yet", group: "Group", keyboard: "The bot's buttons", chatWith: "Chat: ", close: "Close", copied: "Copied", openLink: "Open the shop's link", forwarded: "Forwarded: ", files: "Files: ", document: "File",
  onlyYou: "Only you see this",
  joined: "Joined the group: ", left: "Left the group: ", pinned: "Pinned: ", migrated: "The group is a supergroup now",
};
export const lang = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "ru";
export const t = lang === "en" ? EN : RU;
