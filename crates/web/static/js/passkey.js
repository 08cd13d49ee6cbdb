// Passkeys: the browser is asked for one, or to make one, and its answer is sent with the form (WebAuthn).
// <form data-passkey="login|make" data-origin="…" data-options="…" hidden> with an empty field "answer".

const able = typeof PublicKeyCredential !== "undefined"
  && typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function"
  && typeof PublicKeyCredential.parseCreationOptionsFromJSON === "function";

async function asked(form) {
  const body = new URLSearchParams({ csrf: form.elements.csrf.value });
  const response = await fetch("/login/passkey/options", { method: "POST", body });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

async function answer(form) {
  if (form.dataset.passkey === "make") {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(form.dataset.options));
    return navigator.credentials.create({ publicKey });
  }
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await asked(form));
  return navigator.credentials.get({ publicKey });
}

async function send(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    form.elements.answer.value = JSON.stringify(await answer(form));
  } catch {
    failed.hidden = false;
    return;
  }
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  // A passkey belongs to one address; at another one the browser has none to offer.
  if (!able || location.origin !== form.dataset.origin) continue;
  form.hidden = false;
  for (const unable of document.querySelectorAll("[data-passkey-unable]")) unable.remove();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
  addEventListener("pageshow", () => { form.elements.answer.value = ""; });
}
