// One column: a chat of a person with the bot, or a group in which you choose who you are.
import { act, el, read } from "./tools.js";
import { bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { t } from "./texts.js";

const FACES = ["#b4637a", "#5d9a6b", "#4d86b0", "#b07d3a", "#7a6bb0", "#4f9a97"];
const TOAST_MS = 4500;
const SPIN_MS = 60000;
const NEAR_BOTTOM = 120;
const AGAIN = new Set(["message", "edited", "deleted", "reaction", "keyboard"]);

export class Chat {
  constructor(place, people, index) {
    Object.assign(this, place); // key, name ("bot" or the group's key), title, isGroup, person, members
    this.people = people;
    this.known = new Map();
    this.waiting = new Set();
    this.unread = 0;
    this.composer = new Composer(this);
    this.list = el("ol", { class: "messages", tabindex: "0", "aria-label": t.chatWith + this.title, "aria-live": "polite", "data-empty": this.isGroup ? t.emptyGroup : this.key === "client" ? t.clientHint : t.emptyChat });
    this.stuck = true;
    new ResizeObserver(() => this.settle()).observe(this.list);
    this.list.addEventListener("scroll", () => this.onScroll());
    this.state = el("p", { class: "state" });
    this.toasts = el("div", { class: "toasts", role: "status" });
    this.root = el("section", { class: "chat", "data-testid": `chat-${this.key}`, "aria-label": this.title },
      el("header", {}, el("span", { class: "face", style: `--face: ${FACES[index % FACES.length]}`, "aria-hidden": "true" }, this.isGroup ? "🌷" : this.title.split("· ").pop()[0]),
        el("div", {}, el("h2", {}, this.title), this.isGroup ? this.chooser() : this.state)),
      this.list, ...this.composer.elements, this.toasts);
  }

  chooser() {
    const names = this.members.map((key) => el("option", { value: key }, t.youAre + this.people.get(key).title));
    const select = el("select", { class: "as", "aria-label": t.as, "data-testid": `as-whom-${this.key}` }, ...names);
    select.addEventListener("change", () => { this.person = select.value; this.load(); });
    return select;
  }

  // What the stream brings while the answer is on its way is newer than the answer: it is done again on top of it.
  async load() {
    const meanwhile = this.meanwhile = [];
    const seen = await read(`chats/${this.person}/${this.name}/messages?last=300`);
    if (this.meanwhile !== meanwhile) return; // asked for once more since: that answer counts
    this.meanwhile = null;
    this.seen = seen;
    this.waiting = new Set(seen.pending.map((query) => `${query.message_id} ${query.callback_data}`));
    this.known = new Map(seen.messages.filter((message) => !message.deleted).map((message) => [message.message_id, message]));
    this.list.replaceChildren(...[...this.known.values()].map((message) => bubble(message, this)));
    this.composer.show(seen);
    this.showState();
    this.toBottom();
    for (const event of meanwhile) if (event.id > seen.event_id && AGAIN.has(event.type)) this.onEvent(event);
  }

  showState() {
    const { started, bot_status: status } = this.seen;
    const usual = this.isGroup ? "" : t.bot;
    this.state.textContent = status === "kicked" ? (this.isGroup ? t.kicked : t.blocked) : started ? usual : t.notStarted;
  }

  onEvent(event) {
    this.meanwhile?.push(event);
    const handler = { message: "onMessage", edited: "onMessage", deleted: "onDeleted", toast: "onToast", pressed: "onPressed", keyboard: "onKeyboard", action: "onAction", reaction: "onReaction", membership: "load" }[event.type];
    if (handler) this[handler](event);
  }

  onMessage({ type, message }) {
    if (message.receiver && message.receiver !== this.person) return;
    const shown = this.known.has(message.message_id) && this.find(message.message_id);
    this.known.set(message.message_id, message);
    const element = bubble(message, this);
    if (shown) { element.style.animation = "none"; shown.replaceWith(element); } else if (type === "message") this.list.append(element);
    if (!this.seen?.started && message.from.key === this.person) this.load();
    this.state.textContent = this.isGroup || !this.seen?.started ? this.state.textContent : t.bot;
    if (this.stuck || message.from.key === this.person) this.toBottom();
  }

  onDeleted({ message }) {
    const element = this.find(message.message_id);
    this.known.delete(message.message_id);
    if (!element) return;
    element.classList.add("gone");
    setTimeout(() => element.remove(), 200);
  }

  onReaction({ message_id: id, reactions }) {
    const message = this.known.get(id);
    if (!message) return;
    message.reactions = reactions;
    this.redraw(id);
  }

  onPressed({ of, message_id: id, callback_data: data }) {
    if (of !== this.person) return;
    this.waiting.add(`${id} ${data}`);
    this.redraw(id);
    setTimeout(() => this.stopWaiting(id, data), SPIN_MS);
  }

  onToast({ of, message_id: id, callback_data: data, text, alert, url }) {
    if (of !== this.person) return;
    this.stopWaiting(id, data);
    if (url) this.follow(url);
    if (text && alert) this.alert(text);
    else if (text) this.toast(text);
  }

  onKeyboard({ of, reply_keyboard: keyboard }) {
    if (of === this.person) this.composer.showKeyboard(keyboard);
  }

  onAction() {
    if (!this.isGroup) this.state.textContent = t.typing;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.showState(), 5000);
  }

  stopWaiting(id, data) {
    if (this.waiting.delete(`${id} ${data}`)) this.redraw(id);
  }

  redraw(id) {
    const element = this.find(id);
    const message = this.known.get(id);
    if (!element || !message) return;
    const focused = [...element.querySelectorAll("button")].indexOf(document.activeElement);
    const fresh = bubble(message, this);
    fresh.style.animation = "none";
    element.replaceWith(fresh);
    if (focused >= 0) fresh.querySelectorAll("button")[focused]?.focus({ preventScroll: true });
    this.settle();
  }

  find(id) {
    return this.list.querySelector(`[data-message-id="${id}"]`);
  }

  press(message, place) {
    // A short wait only: the answer comes with the stream, and the browser has few connections.
    return this.do("press", { message_id: message.message_id, button: place, timeout: 0.05 });
  }

  // A link to the bot opens its chat with whoever pressed it, here on the page.
  follow(url) {
    const link = new URL(url, location.href);
    const bot = link.hostname === "t.me" && link.pathname.slice(1) === this.botName;
    if (!bot) return false;
    if (link.searchParams.has("startgroup")) this.toast(t.groupThere);
    else document.dispatchEvent(new CustomEvent("bot-link", { detail: { person: this.person, payload: link.searchParams.get("start") ?? "" } }));
    return true;
  }

  start(payload = "") {
    return this.do("start", { payload });
  }

  async copy(text) {
    await navigator.clipboard?.writeText(text).catch(() => undefined);
    this.toast(t.copied);
    const link = /t\.me\/\w+\?start=([\w-]{1,64})/.exec(text);
    if (link) document.dispatchEvent(new CustomEvent("link-copied", { detail: link[1] }));
  }

  do(action, body) {
    return this.attempt(() => act(`people/${this.person}/${action}`, { chat: this.name, ...body }));
  }

  async attempt(action) {
    try {
      return await action();
    } catch (error) {
      this.toast(error.message);
      return null;
    }
  }

  toast(text) {
    const shown = el("div", { class: "toast", "data-testid": "toast", dir: "auto" }, text);
    this.toasts.append(shown);
    setTimeout(() => shown.remove(), TOAST_MS);
  }

  alert(text) {
    const dialog = document.getElementById("alert");
    dialog.querySelector("p").textContent = text;
    if (!dialog.open) dialog.showModal();
  }

  zoom(url) {
    const dialog = document.getElementById("zoom");
    dialog.querySelector("img").src = url;
    dialog.showModal();
  }

  answer(message) {
    this.composer.answer(message);
  }

  jump(id) {
    const element = this.find(id);
    element?.scrollIntoView({ block: "center", behavior: "smooth" });
    element?.classList.add("flash");
    setTimeout(() => element?.classList.remove("flash"), 1000);
  }

  isNearBottom() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    return scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
  }

  // Only a hand that scrolls up leaves the end: a picture that has just come makes the list longer under it.
  onScroll() {
    const { scrollTop } = this.list;
    if (this.isNearBottom()) this.stuck = true;
    else if (scrollTop < this.top) this.stuck = false;
    this.top = scrollTop;
  }

  settle() {
    if (this.stuck) this.toBottom();
  }

  toBottom() {
    this.stuck = true;
    this.list.scrollTop = this.list.scrollHeight;
  }
}
