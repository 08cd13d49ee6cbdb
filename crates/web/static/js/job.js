// The page of a long work: the stream at data-job sends {html, percent, text, over}; every quarter is said aloud.
import { announce } from "./announce.js";

const job = document.querySelector("[data-job]");

function show(event) {
  const { html, percent, text, over } = JSON.parse(event.data);
  const before = Math.floor(Number(job.dataset.percent) / 25);
  job.innerHTML = html;
  job.dataset.percent = percent;
  if (Math.floor(percent / 25) > before) announce(text);
  // What can be done next is on the page as it is now; the announcement is given time to be heard.
  if (over) setTimeout(() => location.reload(), 1000);
}

if (job?.dataset.job) {
  const stream = new EventSource(job.dataset.job);
  stream.addEventListener("job", show);
  addEventListener("pagehide", () => stream.close());
}
