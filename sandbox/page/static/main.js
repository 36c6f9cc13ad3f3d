// Starts the page: the columns, the tabs of a phone, the stream of events.
import { Chat } from "./chat.js";
import { Market } from "./market.js";
import { Guide } from "./guide.js";
import { act, countDown, el, read, useZone } from "./tools.js";
import { lang, t } from "./texts.js";

const columns = document.getElementById("columns");
const tabs = document.getElementById("tabs");
const link = document.querySelector(".link");
const market = new Market();
let chats = [];
let guide = null;
let isOpen = null; // the stream of events: null before it was opened first
let botIsUp = null; // null: nobody looks after the bot

setInterval(() => countDown(lang), 1000);

function label() {
  document.documentElement.lang = lang;
  document.title = t.title;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t[element.dataset.text];
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t[element.dataset.label]);
}

function places(world) {
  const own = world.people.map((person) => ({ key: person.key, name: "bot", title: person.title, person: person.key, isGroup: false }));
  const groups = world.groups.map((group) => ({ key: group.key, name: group.key, title: group.title, person: group.members[0], isGroup: true, members: group.members }));
  return [...own, ...groups];
}

async function build() {
  const world = await read("world");
  useZone(world.shops[0]?.timezone);
  botIsUp = world.bot_is_up;
  if (await speakAs(world)) return world.event_id;
  const people = new Map(world.people.map((person) => [person.key, person]));
  chats = places(world).map((place, index) => new Chat({ ...place, botName: world.bot.username }, people, index));
  market.onError = (error) => (chats.find((chat) => chat.visible) ?? chats[0])?.toast(error.message);
  guide = world.is_demo ? new Guide() : null;
  columns.replaceChildren(...chats.map((chat) => chat.root));
  buildTabs();
  await Promise.all([...chats.map((chat) => chat.load()), market.load()]);
  return world.event_id;
}

function buildTabs() {
  tabs.replaceChildren(...chats.map((chat) => {
    chat.tab = el("button", { type: "button", "data-testid": `tab-${chat.key}`, on: { click: () => show(chat) } }, chat.isGroup ? t.group : chat.title.split(" · ")[0]);
    return chat.tab;
  }));
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) mark(chats.find((chat) => chat.root === entry.target), entry.isIntersecting);
  }, { root: columns, threshold: 0.6 });
  for (const chat of chats) watcher.observe(chat.root);
}

function show(chat) {
  columns.scrollTo({ left: chat.root.offsetLeft - columns.offsetLeft, behavior: "smooth" });
}

function mark(chat, visible) {
  chat.visible = visible;
  chat.tab.setAttribute("aria-current", String(visible));
  if (!visible) return;
  chat.unread = 0;
  badge(chat);
  if (getComputedStyle(tabs).display !== "none") tabs.scrollTo({ left: chat.tab.offsetLeft - tabs.clientWidth / 2 + chat.tab.clientWidth / 2 });
}

function badge(chat) {
  chat.tab.querySelector(".badge")?.remove();
  if (chat.unread) chat.tab.append(el("span", { class: "badge" }, String(chat.unread)));
}

// A demo of which nothing has been used yet is begun again in the language of the page; a used one is offered that.
async function speakAs(world) {
  if (!world.is_demo) return false;
  const again = document.getElementById("again-button");
  again.hidden = false;
  again.addEventListener("click", () => { if (confirm(t.againSure)) restart(); });
  if (world.language === lang) return false;
  const { orders } = await read("marketplace/orders");
  const asked = sessionStorage.getItem("language-asked");
  sessionStorage.setItem("language-asked", lang);
  if (!orders.length && asked !== lang) { await restart(); return true; }
  const notice = document.getElementById("notice");
  notice.hidden = false;
  notice.replaceChildren(t.otherLanguage, el("button", { type: "button", class: "quiet", on: { click: restart } }, t.inThisLanguage));
  return false;
}

async function restart() {
  link.textContent = t.preparing;
  await act("demo/restart", { language: lang }).catch((error) => { link.textContent = error.message; });
}

document.addEventListener("bot-link", ({ detail }) => {
  const chat = chats.find((one) => !one.isGroup && one.person === detail.person);
  if (!chat) return;
  show(chat);
  chat.start(detail.payload);
});

function onEvent(event) {
  guide?.onEvent(event);
  if (event.type === "bot") { botIsUp = event.is_up; return showLink(); }
  if (event.type === "order") return market.onEvent(event);
  if (event.type === "reset" || event.type === "migrated") return location.reload();
  if (event.type === "cleared" || event.type === "commands") return chats.forEach((chat) => chat.load());
  const chat = chats.find((candidate) => candidate.name === event.chat && (candidate.isGroup || candidate.person === event.person));
  if (!chat) return undefined;
  if (event.type === "message" && (event.message.receiver ?? chat.person) === chat.person && !chat.visible && !event.message.silent) { chat.unread += 1; badge(chat); }
  return chat.onEvent(event);
}

// Connected is only who can be answered: the page by the sandbox, and the sandbox by the bot.
function showLink() {
  if (isOpen === null) return;
  link.textContent = !isOpen ? t.lost : botIsUp === false ? t.botDown : t.connected;
  link.classList.toggle("on", isOpen && botIsUp !== false);
}

function follow(since) {
  const stream = new EventSource(`/control/events?since=${since}`);
  stream.onopen = () => { isOpen = true; showLink(); };
  stream.onerror = () => { isOpen = false; showLink(); };
  stream.onmessage = ({ data }) => onEvent(JSON.parse(data));
}

label();
follow(await build());
document.body.dataset.ready = "true";
