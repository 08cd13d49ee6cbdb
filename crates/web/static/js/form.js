// Small comforts of forms.

// The error summary gets the focus even where autofocus does not reach it.
document.querySelector(".error-summary")?.focus();

// A link of the summary puts the cursor into its field.
for (const link of document.querySelectorAll(".error-summary a")) {
  link.addEventListener("click", (event) => {
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.scrollIntoView({ block: "center" });
  });
}

// A second click does not send twice.
for (const button of document.querySelectorAll("[data-once]")) {
  button.form?.addEventListener("submit", (event) => {
    if (button.form.dataset.sent) event.preventDefault();
    button.form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => { delete button.form?.dataset.sent; });
}

// "Use the free extension 4568".
for (const button of document.querySelectorAll("[data-fill]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.fill);
    field.value = button.dataset.value;
    field.focus();
  });
}

// The extension that results from the number stands greyed in the empty field.
const number = document.getElementById("number");
const extension = document.getElementById("extension");
if (number && extension) {
  const show = () => { extension.placeholder = number.value.replace(/\D/g, "").slice(-4); };
  number.addEventListener("input", show);
  show();
}
