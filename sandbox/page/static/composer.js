// The field under a chat: text, files, commands, the bot's keyboard, Start.
import { act, el, icon } from "./tools.js";
import { summary } from "./bubble.js";
import { t } from "./texts.js";

export class Composer {
  constructor(chat) {
    this.chat = chat;
    this.files = [];
    this.replyTo = null;
    const { key } = chat;
    this.field = el("textarea", { rows: 1, placeholder: t.message, "aria-label": t.message, "data-testid": `composer-${key}`, on: { keydown: (event) => this.onKey(event), paste: (event) => this.onPaste(event) } });
    this.menuButton = el("button", { class: "round", type: "button", "aria-label": t.commands, title: t.commands, "data-testid": `commands-${key}`, on: { click: () => this.toggleMenu() } }, "/");
    this.menu = el("div", { class: "commands", hidden: true });
    this.pending = el("div", { class: "pending", hidden: true });
    this.quoted = el("div", { class: "pending", hidden: true });
    this.keyboard = el("div", { class: "keyboard", role: "group", "aria-label": t.keyboard, "data-testid": `keyboard-${key}`, hidden: true });
    this.form = el("form", { class: "composer", on: { submit: (event) => { event.preventDefault(); this.send(); } } },
      this.menuButton, this.picker("clip", t.attach, `attach-${key}`, false), this.picker("camera", t.camera, `camera-${key}`, true), this.field,
      el("button", { class: "round send", type: "submit", "aria-label": t.send, title: t.send, "data-testid": `send-${key}` }, icon("send")));
    this.begin = el("div", { class: "composer", hidden: true }, el("button", { class: "main begin", type: "button", "data-testid": `start-${key}`, on: { click: () => this.chat.start() } }, t.start));
    this.offer = el("div", { class: "composer", hidden: true });
    if (key === "client") document.addEventListener("link-copied", ({ detail }) => this.offerLink(detail));
    this.elements = [this.keyboard, this.quoted, this.pending, this.form, this.begin, this.offer, this.menu];
  }

  // A link to the bot that the shop has copied is sent on by the marketplace's chat: the client taps it here.
  offerLink(payload) {
    const open = () => { this.offer.hidden = true; this.chat.start(payload); };
    this.offer.hidden = false;
    this.offer.replaceChildren(el("button", { class: "main begin", type: "button", "data-testid": `open-link-${this.chat.key}`, on: { click: open } }, t.openLink));
  }

  picker(name, label, testId, camera) {
    const input = el("input", { type: "file", accept: "image/*,application/pdf", multiple: !camera, capture: camera ? "environment" : null, "aria-label": label, "data-testid": testId });
    input.addEventListener("change", () => { this.attach([...input.files]); input.value = ""; });
    return el("label", { class: `round${camera ? " camera" : ""}`, title: label }, icon(name), input);
  }

  show({ started, bot_status: status, reply_keyboard: keyboard, commands }) {
    const closed = !this.chat.isGroup && (!started || status === "kicked");
    this.form.hidden = closed;
    this.begin.hidden = !closed;
    this.begin.firstChild.textContent = started ? t.unblock : t.start;
    this.menuButton.hidden = commands.length === 0;
    this.menu.replaceChildren(...commands.map((entry) => el("button", { type: "button", on: { click: () => this.command(entry.command) } }, el("b", {}, `/${entry.command}`), entry.description)));
    this.showKeyboard(closed ? null : keyboard);
  }

  showKeyboard(markup) {
    const rows = markup?.keyboard ?? [];
    this.keyboard.hidden = rows.length === 0;
    this.keyboard.replaceChildren(el("div", { class: "buttons" }, ...rows.map((row) =>
      el("div", {}, ...row.map((button) => el("button", { type: "button", on: { click: () => this.useButton(button) } }, button.text))))));
    this.field.placeholder = markup?.input_field_placeholder ?? t.message;
    this.chat.settle();
  }

  useButton(button) {
    if (button.request_contact) this.chat.do("contact", {});
    else this.chat.do("text", { text: button.text });
  }

  command(name) {
    this.menu.hidden = true;
    this.chat.do("text", { text: `/${name}` });
  }

  toggleMenu() {
    this.menu.hidden = !this.menu.hidden;
    if (!this.menu.hidden) this.menu.querySelector("button")?.focus();
  }

  answer(message) {
    this.replyTo = message?.message_id ?? null;
    this.quoted.hidden = !message;
    if (!message) return;
    this.quoted.replaceChildren(el("span", {}, t.replyTo + summary(message)), this.removeButton(() => this.answer(null)));
    this.field.focus();
  }

  attach(files) {
    this.files = files;
    this.pending.hidden = files.length === 0;
    if (!files.length) return;
    const heic = files.some((file) => /\.(heic|heif|pdf)$/i.test(file.name));
    this.kind = el("select", { "aria-label": t.attach, "data-testid": `as-${this.chat.key}` }, el("option", { value: "photo" }, t.asPhoto), el("option", { value: "document", selected: heic }, t.asFile));
    const preview = el("img", { src: URL.createObjectURL(files[0]), alt: "" });
    const name = files.length > 1 ? t.files + files.length : files[0].name;
    this.pending.replaceChildren(heic ? "📄" : preview, el("span", {}, name), this.kind, this.removeButton(() => this.attach([])));
  }

  removeButton(remove) {
    return el("button", { type: "button", "aria-label": t.remove, on: { click: remove } }, "✕");
  }

  onKey(event) {
    if (event.key === "Escape") { this.menu.hidden = true; this.answer(null); }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  onPaste(event) {
    const files = [...event.clipboardData.files].filter((file) => file.type.startsWith("image/"));
    if (files.length) { event.preventDefault(); this.attach(files); }
  }

  async send() {
    const text = this.field.value.trim();
    const { files, replyTo } = this;
    if (!text && !files.length) return;
    const sent = files.length ? await this.sendFiles(text) : await this.chat.do("text", { text, reply_to: replyTo });
    if (!sent) return;
    this.field.value = "";
    this.attach([]);
    this.answer(null);
  }

  sendFiles(caption) {
    const form = new FormData();
    form.set("chat", this.chat.name);
    form.set("as", this.kind.value);
    if (caption) form.set("caption", caption);
    if (this.replyTo) form.set("reply_to", this.replyTo);
    for (const file of this.files) form.append("file", file, file.name);
    return this.chat.attempt(() => act(`people/${this.chat.person}/photo`, form));
  }
}
