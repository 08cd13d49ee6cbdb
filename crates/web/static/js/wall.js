// A wallboard or an agent's desk: the stream at data-wall sends {html} whenever something has changed. Each data-part is
// renewed by itself; one that has not changed or is being used stays.
const wall = document.querySelector("[data-wall]");
const parts = (within) => [...within.querySelectorAll("[data-part]")];

const renew = (html) => {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const [before, after] = [parts(wall), parts(fresh.content)];
  if (before.length !== after.length) {
    wall.replaceChildren(fresh.content);
    return;
  }
  before.forEach((part, at) => {
    const isUsed = part.contains(document.activeElement);
    if (!isUsed && !part.isEqualNode(after[at])) part.replaceWith(after[at]);
  });
};

if (wall?.dataset.wall) {
  const stream = new EventSource(wall.dataset.wall);
  stream.addEventListener("wall", (event) => renew(JSON.parse(event.data).html));
  addEventListener("pagehide", () => stream.close());
}
