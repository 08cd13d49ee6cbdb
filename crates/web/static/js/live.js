// Live pages: the stream at data-live sends {id, html, text}; html replaces what is inside [data-user-state="id"] or
// [data-user-phone="id"], and text is said aloud when that has changed anything.
import { announce } from "./announce.js";

const source = document.querySelector("[data-live]");
const state = document.querySelector("[data-live-state]");
let stream = null;

function showState(event) {
  const change = JSON.parse(event.data);
  replace("data-user-state", change);
  if (change.state === "activated") reveal(change.id);
}

function showPhone(event) {
  replace("data-user-phone", JSON.parse(event.data));
}

function replace(attribute, change) {
  const places = document.querySelectorAll(`[${attribute}="${CSS.escape(change.id)}"]`);
  let changed = false;
  for (const place of places) {
    const before = place.textContent.trim();
    place.innerHTML = change.html;
    changed ||= place.textContent.trim() !== before;
  }
  if (changed && change.text) announce(change.text);
}

// The user's own page explains what cannot be done until activation; now it can.
function reveal(id) {
  const notice = document.querySelector(`[data-until-active="${CSS.escape(id)}"]`);
  if (!notice) return;
  notice.hidden = true;
  for (const now of document.querySelectorAll("[data-when-active]")) now.hidden = false;
}

// The stream begins with how those are by now whom the page shows as not active.
function address() {
  const url = new URL(source.dataset.live, location.href);
  const watched = [...document.querySelectorAll("[data-watched]")].map((place) => place.dataset.userState);
  if (watched.length > 0) url.searchParams.set("watch", watched.join(","));
  return url;
}

function start() {
  stream = new EventSource(address());
  stream.addEventListener("user-state", showState);
  stream.addEventListener("user-phone", showPhone);
}

function stop() {
  stream?.close();
  stream = null;
}

function toggle(button) {
  const text = state.querySelector("[data-live-text]");
  stream ? stop() : start();
  button.textContent = stream ? button.dataset.pause : button.dataset.resume;
  text.textContent = stream ? text.dataset.on : text.dataset.off;
  state.classList.toggle("live-off", !stream);
  announce(text.textContent);
}

if (source?.dataset.live) {
  start();
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => { if (event.persisted && !state?.classList.contains("live-off")) start(); });
  if (state) {
    state.hidden = false;
    const button = state.querySelector("[data-live-toggle]");
    button.addEventListener("click", () => toggle(button));
  }
}
