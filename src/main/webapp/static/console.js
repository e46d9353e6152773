// What the pages do besides HTML: copy buttons, exact times in the reader's zone, the save bar. Every page works without.
(() => {
  const announce = (text) => {
    const region = document.getElementById("announce");
    if (region) {
      region.textContent = text;
    }
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.classList.add("done");
      announce(button.dataset.done);
      setTimeout(() => button.classList.remove("done"), 2000);
    }
  });

  const zone = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "long" });
  const localTimes = () => document.querySelectorAll("time[datetime]").forEach((time) => {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) {
      time.title = zone.format(at);
    }
  });
  localTimes();
  new MutationObserver(localTimes).observe(document.getElementById("content") ?? document.body, { childList: true, subtree: true });

  // MessageFormat's choice, as far as the bundles use it: {0,choice,1#one|1<{0} many}.
  const said = (pattern, count) =>
    pattern
      .replace(/\{0,choice,1#([^|]*)\|1<((?:[^{}]|\{0\})*)\}/g, (all, one, many) => (count === 1 ? one : many))
      .replaceAll("{0}", String(count));

  const value = (field) => (field.type === "checkbox" || field.type === "radio" ? field.checked : field.value);
  const before = (field) =>
    field.type === "checkbox" || field.type === "radio"
      ? field.defaultChecked
      : field instanceof HTMLSelectElement
        ? ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value
        : field.defaultValue;

  document.querySelectorAll(".save-bar").forEach((bar) => {
    const form = bar.closest("form");
    const changes = bar.querySelector(".changes");
    let sending = false;
    const changed = () => [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "submit" && value(field) !== before(field));
    const show = () => {
      const fields = changed();
      form.querySelectorAll(".field.changed").forEach((field) => field.classList.remove("changed"));
      fields.forEach((field) => field.closest(".field")?.classList.add("changed"));
      bar.classList.toggle("dirty", fields.length > 0 || form.dataset.unsaved === "true");
      const names = fields.map((field) => form.querySelector(`label[for="${CSS.escape(field.id)}"]`)?.firstChild?.textContent?.trim()).filter(Boolean);
      const text = fields.length === 0 ? "" : said(bar.dataset.pattern, fields.length) + (names.length ? ": " + names.join(", ") : "");
      if (changes.textContent !== text) {
        changes.textContent = text;
      }
    };
    form.addEventListener("input", show);
    form.addEventListener("change", show);
    form.addEventListener("reset", () => setTimeout(show));
    form.addEventListener("submit", () => (sending = true));
    window.addEventListener("beforeunload", (event) => {
      if (!sending && changed().length > 0) {
        event.preventDefault();
      }
    });
    show();
  });
})();
