// Printing and saving the card with login details. The text is made here; it has no address that could be opened again.
const card = document.querySelector("[data-text-card]");

function text() {
  const lines = [card.querySelector("h2").textContent.trim(), ""];
  for (const term of card.querySelectorAll("dt")) {
    const value = term.nextElementSibling;
    lines.push(`${term.textContent.trim()}: ${(value.querySelector(".secret") ?? value).textContent.trim()}`);
  }
  return lines.join("\r\n") + "\r\n";
}

function save(name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text()], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// Some browsers keep the page itself for the way back, whatever it says about storing: it is left without what it showed.
if (card) addEventListener("pagehide", () => { for (const secret of card.querySelectorAll("dd")) secret.textContent = ""; });

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
for (const button of document.querySelectorAll("[data-download]")) {
  button.hidden = false;
  button.addEventListener("click", () => save(button.dataset.download));
}
