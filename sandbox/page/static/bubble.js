// One message as an element.
import { el, fullTime, time } from "./tools.js";
import { t } from "./texts.js";

const SERVICE = {
  new_chat_members: (message) => t.joined + message.service_data.map((user) => user.first_name).join(", "),
  left_chat_member: (message) => t.left + message.service_data.first_name,
  migrate_to_chat_id: () => t.migrated,
  migrate_from_chat_id: () => t.migrated,
  pinned_message: (message) => t.pinned + (message.service_data.text ?? message.service_data.caption ?? t.photo),
};

export function summary(message) {
  const kinds = ["photo", "document", "sticker", "voice", "contact"];
  return message.text ?? message.caption ?? t[kinds.find((kind) => message[kind])] ?? "";
}

export function bubble(message, chat) {
  const attributes = { "data-testid": "message", "data-message-id": message.message_id };
  if (message.service) {
    return el("li", { class: "service", ...attributes }, SERVICE[message.service](message));
  }
  const mine = message.from.key === chat.person;
  const keyed = message.inline_keyboard.length > 0;
  const classes = `message${mine ? " mine" : ""}${keyed ? " keyed" : ""}${message.receiver ? " ephemeral" : ""}`;
  return el("li", { class: classes, "data-from": message.from.key, ...attributes },
    el("div", { class: "bubble" },
      chat.isGroup && !mine && el("div", { class: "author" }, message.from.name),
      message.receiver && el("div", { class: "only-you" }, t.onlyYou),
      message.forwarded_from && el("div", { class: "author" }, t.forwarded + message.forwarded_from),
      quote(message, chat), ...media(message, chat),
      message.html && el("div", { class: "body", dir: "auto", html: message.html }),
      message.reactions.length > 0 && el("div", { class: "reactions" }, ...message.reactions),
      meta(message)),
    keyed && keyboard(message, chat),
    !message.receiver && el("button", { class: "answer", type: "button", "aria-label": t.reply, title: t.reply, on: { click: () => chat.answer(message) } }, "↩"));
}

function quote(message, chat) {
  const quoted = chat.known.get(message.reply_to_message_id);
  if (!quoted) return null;
  const jump = () => chat.jump(quoted.message_id);
  return el("button", { class: "quote", type: "button", on: { click: jump } }, `${quoted.from.name}: ${summary(quoted)}`);
}

function media(message, chat) {
  const { photo, document, sticker, voice, contact } = message;
  return [
    photo && el("button", { class: "photo", type: "button", "aria-label": t.openPhoto, on: { click: () => chat.zoom(photo.url) } },
      el("img", { src: photo.url, alt: message.caption ?? t.photo, on: { load: () => chat.settle() } })),
    document && el("a", { class: "file", "data-icon": "📄", href: document.url, download: document.file_name }, document.file_name),
    voice && el("a", { class: "file", "data-icon": "🎤", href: voice.url, download: voice.file_name }, t.voice),
    sticker && el("div", { class: "sticker", role: "img", "aria-label": t.sticker }, "🌷"),
    contact && el("div", { class: "card", "data-icon": "👤" },
      el("span", {}, contact.first_name, el("small", {}, contact.phone_number))),
  ];
}

function meta(message) {
  return el("div", { class: "meta" },
    message.silent && el("span", { title: t.silent, role: "img", "aria-label": t.silent }, "🔕"),
    message.edit_date && el("span", {}, t.edited),
    el("time", { title: fullTime(message.date) }, time(message.date)));
}

function keyboard(message, chat) {
  return el("div", { class: "buttons" }, ...message.inline_keyboard.map((row, rowIndex) =>
    el("div", {}, ...row.map((button, col) => inlineButton(message, button, { row: rowIndex, col }, chat)))));
}

function inlineButton(message, button, place, chat) {
  if (button.copy_text) return el("button", { type: "button", on: { click: () => chat.copy(button.copy_text.text) } }, button.text);
  if (button.url) return el("a", { href: button.url, target: "_blank", rel: "noopener noreferrer", on: { click: (event) => { if (chat.follow(button.url)) event.preventDefault(); } } }, button.text);
  if (button.disabled) return el("button", { type: "button", disabled: true, class: button.style ?? null }, button.text);
  const busy = chat.waiting.has(`${message.message_id} ${button.callback_data}`);
  const press = () => chat.press(message, place);
  return el("button", { type: "button", class: button.style ?? null, "aria-busy": busy ? "true" : null, on: { click: press } }, button.text);
}
