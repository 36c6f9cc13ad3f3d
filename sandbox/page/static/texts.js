// What the page itself says; the people's names and the samples' labels come from the sandbox.
const RU = {
  title: "Цветочная песочница", connecting: "Соединяемся…", connected: "На связи", lost: "Связь потеряна, пробуем снова…",
  place: "Клиент заказал", orders: "Заказы", noOrders: "Заказов пока нет. Нажмите «Клиент заказал».",
  cancel: "Клиент отменяет", resend: "Прислать вебхук ещё раз", cancelled: "отменён",
  webhook: "вебхук", noAnswer: "нет ответа", calls: "вызовы",
  statuses: { 1: "новый", 2: "принят", 3: "выполнен", 4: "в доставке", 5: "фото", 7: "ждёт выдачи" },
  start: "Начать", unblock: "Разблокировать бота", notStarted: "ещё не начал чат", typing: "печатает…", bot: "чат с ботом",
  blocked: "бот заблокирован", kicked: "бота нет в группе", as: "Вы пишете как", youAre: "вы: ",
  message: "Сообщение", send: "Отправить", attach: "Прикрепить фото или файл", camera: "Снять на камеру", commands: "Команды",
  asPhoto: "Фото", asFile: "Файл", remove: "Убрать", reply: "Ответить", replyTo: "Ответ: ", edited: "изменено",
  silent: "без звука", photo: "Фото", sticker: "Стикер", voice: "Голосовое", contact: "Контакт", openPhoto: "Открыть фото",
  emptyChat: "Нажмите «Начать»: до этого бот не может писать сюда", emptyGroup: "В группе пока тихо", group: "Группа", keyboard: "Кнопки бота", chatWith: "Чат: ", close: "Закрыть", copied: "Скопировано", openLink: "Открыть ссылку от магазина", forwarded: "Переслано: ", files: "Файлов: ", document: "Файл",
  offline: "Нет связи: ничего не отправлено. Попробуйте ещё раз.", noBotLink: "Эта ссылка ведёт из песочницы наружу",
  groupThere: "Группа уже подключена: она в соседней колонке", again: "Начать заново", againSure: "Начать заново? Все заказы и сообщения пропадут.",
  preparing: "Готовим демо…", otherLanguage: "Это демо идёт по-английски.", inThisLanguage: "Начать заново по-русски", hide: "Скрыть подсказку", clientHint: "Клиент приходит по ссылке из чата заказа",
  steps: ["Нажмите «Клиент заказал»", "Примите заказ как директор", "Назначьте флориста: «Назначить сотрудника»", "Пришлите фото букета как флорист", "Доставьте: «Я доставлю», «Выполнен», «Лично»"],
  joined: "В группе теперь: ", left: "Больше не в группе: ", pinned: "Закреплено: ", migrated: "Группа стала супергруппой",
};
const EN = {
  title: "Flower sandbox", connecting: "Connecting…", connected: "Connected", lost: "Connection lost, trying again…",
  place: "A client ordered", orders: "Orders", noOrders: "No orders yet. Press “A client ordered”.",
  cancel: "Client cancels", resend: "Send the webhook again", cancelled: "cancelled",
  webhook: "webhook", noAnswer: "no answer", calls: "calls",
  statuses: { 1: "new", 2: "accepted", 3: "finished", 4: "in delivery", 5: "photo", 7: "waiting for pickup" },
  start: "Start", unblock: "Unblock the bot", notStarted: "has not started the chat", typing: "is typing…", bot: "chat with the bot",
  blocked: "the bot is blocked", kicked: "the bot is not in the group", as: "You write as", youAre: "you: ",
  message: "Message", send: "Send", attach: "Attach a photo or file", camera: "Take a picture", commands: "Commands",
  asPhoto: "Photo", asFile: "File", remove: "Remove", reply: "Reply", replyTo: "Reply: ", edited: "edited",
  silent: "silent", photo: "Photo", sticker: "Sticker", voice: "Voice message", contact: "Contact", openPhoto: "Open the photo",
  emptyChat: "Press “Start”: before that the bot cannot write here", emptyGroup: "Nobody has written here yet", group: "Group", keyboard: "The bot's buttons", chatWith: "Chat: ", close: "Close", copied: "Copied", openLink: "Open the shop's link", forwarded: "Forwarded: ", files: "Files: ", document: "File",
  offline: "No connection: nothing was sent. Try again.", noBotLink: "This link leads out of the sandbox",
  groupThere: "The group is connected already: see the column beside", again: "Start again", againSure: "Start again? All orders and messages will be lost.",
  preparing: "Preparing the demo…", otherLanguage: "This demo speaks Russian.", inThisLanguage: "Start again in English", hide: "Hide the hint", clientHint: "Clients come by a link from the order's chat",
  steps: ["Press “A client ordered”", "Accept the order as the director", "Give it to the florist: “Assign an employee”", "Send a photo of the bouquet as the florist", "Deliver it: “I'll deliver”, “Done”, “In person”"],
  joined: "Joined the group: ", left: "Left the group: ", pinned: "Pinned: ", migrated: "The group is a supergroup now",
};
export const lang = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "ru";
export const t = lang === "en" ? EN : RU;
