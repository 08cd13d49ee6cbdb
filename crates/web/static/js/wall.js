// A wallboard: the stream at data-wall sends {html} whenever something has changed; a row that is being used stays.
const wall = document.querySelector("[data-wall]");

if (wall?.dataset.wall) {
  const stream = new EventSource(wall.dataset.wall);
  stream.addEventListener("wall", (event) => {
    if (!wall.contains(document.activeElement)) wall.innerHTML = JSON.parse(event.data).html;
  });
  addEventListener("pagehide", () => stream.close());
}
