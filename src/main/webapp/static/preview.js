// Shows what a form would do while it is being filled in: a moment after the last key in the field that "live-preview" names
// in data-of, the form is sent as by its button "preview", and that part of the page that answers takes the place of ours. Without an
// answer the part stays as it was; the button is there as well.
(() => {
  const shown = document.getElementById("live-preview");
  const field = shown && document.getElementById(shown.dataset.of);
  if (!field) {
    return;
  }
  let timer = 0;
  let asked = new AbortController();
  const show = async () => {
    asked.abort();
    asked = new AbortController();
    const body = new URLSearchParams(new FormData(field.form));
    body.set("preview", "");
    try {
      const answer = await fetch(field.form.action, { method: "POST", body, headers: { Accept: "text/html" }, signal: asked.signal });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live-preview");
      if (answer.ok && !answer.redirected && fresh) {
        shown.replaceChildren(...fresh.childNodes);
      }
    } catch {
      // overtaken by a later key, or no answer
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 300);
  });
})();
