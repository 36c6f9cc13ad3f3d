// Small helpers: making elements, calling the control interface, showing times.
import { lang, t } from "./texts.js";

export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "html") element.innerHTML = value; // only what the sandbox has escaped
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const ICONS = {
  clip: "M20 11.5 12 19.4a5 5 0 0 1-7.2-7l8.6-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.3 8.2a1.7 1.7 0 0 1-2.4-2.4l7.4-7.3",
  camera: "M4 8h3l1.6-2.5h6.8L17 8h3v11H4zM12 16.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z",
  send: "M3.5 20.2 21.5 12 3.5 3.8l2.2 7L14 12l-8.3 1.2z",
};
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export async function read(path) {
  const response = await fetch(`/control/${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

export async function act(path, body) {
  const form = body instanceof FormData;
  const response = await fetch(`/control/${path}`, {
    method: "POST",
    headers: form ? {} : { "Content-Type": "application/json" },
    body: form ? body : JSON.stringify(body ?? {}),
  }).catch(() => { throw new Error(t.offline); });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? String(response.status));
  return answer;
}

let clock = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
let full = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" });

// Messages carry the shop's time, as the bot's words do, wherever the browser is.
export function useZone(timeZone) {
  clock = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
  full = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23", timeZone });
}
export const time = (seconds) => clock.format(seconds * 1000);
export const fullTime = (seconds) => full.format(seconds * 1000);

// Times that count down by themselves, as Telegram draws <tg-time format="r">: "in 9 minutes".
const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

export function countDown(language) {
  const words = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  for (const moment of document.querySelectorAll('time.live[data-format="r"]')) {
    const left = Number(moment.dataset.unix) - Date.now() / 1000;
    const [unit, size] = STEPS.find(([, length]) => Math.abs(left) >= length) ?? STEPS.at(-1);
    const said = words.format(Math.trunc(left / size), unit);
    if (moment.textContent !== said) moment.textContent = said;
  }
}
