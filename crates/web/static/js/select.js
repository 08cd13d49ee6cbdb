// The count of the selection for screen readers, too; eyes are served by the style sheet alone.
const bar = document.querySelector("[data-selection]");

function count() {
  const output = bar.querySelector("output");
  const all = bar.querySelector("[name=all]");
  const boxes = [...bar.form.querySelectorAll("[name=user]")];
  for (const box of boxes) box.disabled = all.checked;
  output.value = all.checked ? output.dataset.total : boxes.filter((box) => box.checked).length;
}

if (bar) {
  bar.form = bar.closest("form");
  bar.form.addEventListener("change", count);
  addEventListener("pageshow", count);
}
