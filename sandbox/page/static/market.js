// The top bar: placing sample orders, and the marketplace's own view of them.
import { act, el, read } from "./tools.js";
import { lang, t } from "./texts.js";

const ICONS = { bouquet: "💐", asap: "⚡", tomorrow: "🌅", pickup: "🛍️", plant: "🪴", cake: "🎂", tea: "🍵", handmade: "🏺", big: "📦", sparse: "❔", hostile: "😈" };

export class Market {
  constructor() {
    this.orders = new Map();
    this.onError = () => undefined; // the page shows it as a toast
    this.samples = document.getElementById("samples-panel");
    this.panel = document.getElementById("orders-panel");
    this.placeButton = document.getElementById("place-button");
    this.ordersButton = document.getElementById("orders-button");
    this.placeButton.textContent = t.place;
    this.placeButton.addEventListener("click", () => this.toggle(this.samples));
    this.ordersButton.addEventListener("click", () => this.toggle(this.panel));
    document.addEventListener("pointerdown", (event) => { if (!event.target.closest(".bar")) this.toggle(null); });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.toggle(null); });
  }

  async load() {
    const [samples, { orders }, { shops }] = await Promise.all([read("marketplace/samples"), read("marketplace/orders"), read("world")]);
    this.zones = new Map(shops.map((shop) => [shop.shop_id, shop.timezone]));
    this.samples.replaceChildren(...samples.samples.map((sample) => el("button", { type: "button", "data-testid": `sample-${sample.key}`, "data-icon": ICONS[sample.key] ?? "🌷", on: { click: () => this.place(sample.key) } }, lang === "en" ? sample.label_en : sample.label)));
    this.orders = new Map(orders.reverse().map((order) => [order.id, order]));
    this.draw();
  }

  toggle(panel) {
    for (const [one, button] of [[this.samples, this.placeButton], [this.panel, this.ordersButton]]) {
      one.hidden = one !== panel || !one.hidden;
      button.setAttribute("aria-expanded", String(!one.hidden));
    }
  }

  async place(sample) {
    this.toggle(null);
    await act("marketplace/orders", { sample }).catch((error) => this.onError(error));
  }

  onEvent({ order }) {
    this.orders.set(order.id, order);
    this.draw();
  }

  draw() {
    this.ordersButton.replaceChildren(t.orders, el("span", { class: "count" }, String(this.orders.size)));
    const rows = [...this.orders.values()].reverse().map((order) => this.row(order));
    this.panel.replaceChildren(...(rows.length ? rows : [el("p", { class: "empty" }, t.noOrders)]));
  }

  row(order) {
    const { id, order: raw } = order;
    const status = order.cancelled ? t.cancelled : t.statuses[order.status] ?? String(order.status ?? "—");
    const goods = (raw.products ?? []).flatMap((product) => [el("bdi", {}, product.name), ", "]).slice(0, -1);
    return el("article", { class: "order", "data-testid": `order-${id}` },
      el("div", { class: "head" }, el("b", {}, String(id)), el("span", {}, range(raw, this.zones.get(order.shop))),
        el("span", { class: "status", "data-status": order.cancelled ? "cancelled" : order.status }, status)),
      el("p", {}, ...goods), el("p", {}, trail(order)),
      el("div", { class: "do" },
        el("button", { type: "button", "data-testid": `resend-${id}`, on: { click: () => act(`marketplace/orders/${id}/resend`) } }, t.resend),
        !order.cancelled && el("button", { type: "button", class: "danger", "data-testid": `cancel-${id}`, on: { click: () => act(`marketplace/orders/${id}/cancel`) } }, t.cancel)));
  }
}

// The delivery window in the shop's zone; the day is named when it is not today there.
function range({ deliveryDateFrom: from, deliveryDateTo: to }, timeZone) {
  const clock = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
  const day = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short", timeZone });
  const hours = [from, to].filter(Boolean).map((seconds) => clock.format(seconds * 1000)).join("–");
  const named = from && day.format(from * 1000) !== day.format(Date.now());
  return named ? `${day.format(from * 1000)}, ${hours}` : hours;
}

function trail(order) {
  const last = order.webhooks.at(-1);
  const answers = last ? last.statuses.map((status) => status ?? t.noAnswer) : [];
  const parts = last ? [`${t.webhook} ${last.event}: ${answers.at(-1) ?? "…"}${answers.length > 1 ? ` ×${answers.length}` : ""}`] : [];
  if (order.calls.length) parts.push(`${t.calls}: ${[...new Set(order.calls)].join(", ")}`);
  return parts.join(" · ");
}
