// Sends a chosen file as the body of a request to the form's own address, and goes to the page that was made of it (201)
// or shows the page that answers. The form's data-with names fields whose values go along in the header, percent-encoded: an address is logged. A form without a chosen file is sent as ever. By delegation: the answer brings a new form.
(() => {
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-file]");
    const chosen = form && document.getElementById(form.dataset.file);
    const file = chosen?.files[0];
    if (!file) {
      return;
    }
    event.preventDefault();
    const error = document.getElementById(chosen.id + "-error");
    const refuse = (words) => {
      error.textContent = words;
      chosen.setAttribute("aria-invalid", "true");
      chosen.focus();
    };
    if (file.size > Number(chosen.dataset.most)) {
      refuse(chosen.dataset.large);
      return;
    }
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      const fields = {};
      for (const id of (form.dataset.with || "").split(" ").filter((name) => document.getElementById(name)?.value)) {
        fields["Form-" + id] = encodeURIComponent(document.getElementById(id).value);
      }
      if (Object.values(fields).join("").length > 6000) {
        refuse(chosen.dataset.long);
        button.disabled = false;
        return;
      }
      const answer = await fetch(form.action, { method: "POST", headers: { ...fields, "Content-Type": chosen.dataset.type, "Content-Disposition": "attachment; filename*=UTF-8''" + encodeURIComponent(file.name), Accept: "text/html" }, body: file });
      if (answer.status === 201) {
        location.assign(answer.headers.get("Location"));
        return;
      }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("content");
      const content = document.getElementById("content");
      content.replaceChildren(...fresh.childNodes);
      content.focus();
      scrollTo(0, 0);
    } catch {
      button.disabled = false;
      refuse(chosen.dataset.broken);
    }
  });
})();
