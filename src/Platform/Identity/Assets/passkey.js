// Passkeys: asks the server for options, the device for a credential, and sends it with the form.
// Without this script the page offers the authenticator instead.
const answers = {
  new: options => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  show: options => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential || !PublicKeyCredential.parseCreationOptionsFromJSON) {
    form.hidden = true;
    continue;
  }
  // Browsers make passkeys for names only, never for a numeric address.
  if (/^[\d.]+$|:/.test(location.hostname)) {
    form.querySelector("[data-named-only]").hidden = false;
    form.querySelector("button").disabled = true;
    continue;
  }
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const response = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!response.ok) {
      form.submit();
      return;
    }
    try {
      const credential = await answers[form.dataset.passkey](await response.json());
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      // The person cancelled; he may try again or use the authenticator.
    }
  });
}
