// What a newcomer presses first: five steps above the chats, which tick themselves.
import { el } from "./tools.js";
import { t } from "./texts.js";

// What the buttons carry that accept one order, or all that wait.
const ACCEPTS = /^(o:accept:|wa:)/;

// Each step is seen by an event of the sandbox: the page knows none of the bot's words.
const SEEN = [
  (event) => event.type === "order",
  (event) => event.type === "pressed" && event.of === "director" && ACCEPTS.test(event.callback_data),
  (event) => event.type === "message" && event.person === "florist" && event.message.from.key === "bot",
  (event) => event.type === "message" && event.chat === "bot" && event.message.from.key === "florist" && Boolean(event.message.photo ?? event.message.document),
  (event) => event.type === "order" && event.order.order.status === 3,
];

export class Guide {
  constructor() {
    this.root = document.getElementById("guide");
    this.done = Number(sessionStorage.getItem("guide") ?? 0);
    this.draw();
  }

  onEvent(event) {
    if (event.type === "reset") sessionStorage.removeItem("guide");
    else if (SEEN[this.done]?.(event)) this.to(this.done + 1);
  }

  to(step) {
    this.done = step;
    sessionStorage.setItem("guide", String(step));
    this.draw();
  }

  draw() {
    this.root.hidden = this.done >= t.steps.length;
    const steps = t.steps.map((words, index) => el("li", { "aria-current": index === this.done ? "step" : null, class: index < this.done ? "done" : null }, words));
    this.root.replaceChildren(el("ol", {}, ...steps), el("button", { type: "button", class: "close-guide", "aria-label": t.hide, title: t.hide, on: { click: () => this.to(t.steps.length) } }, "✕"));
  }
}
