// Buttons that copy the text of an element: <button data-copy="id" data-copied="said aloud" data-done="shown" hidden>.
import { announce } from "./announce.js";

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
  } catch {
    select(source);
    return;
  }
  const label = button.querySelector("span");
  const before = label.textContent;
  label.textContent = button.dataset.done;
  announce(button.dataset.copied);
  setTimeout(() => { label.textContent = before; }, 2500);
}

// Where the browser refuses the clipboard, one key press copies what is selected.
function select(source) {
  const range = document.createRange();
  range.selectNodeContents(source);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
