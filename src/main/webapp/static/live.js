// Keeps the part of a page with id "live" up to date: reads the page again every few seconds while it can be seen.
// What was opened stays open; an element with data-keep stays itself and gets the new one’s data attributes ("live" is
// fired after that); with data-over="true" there is nothing more to come. When the answer is another page (signed out) or none, it says so and tries on.
(() => {
  const live = document.getElementById("live");
  const state = document.getElementById("live-state");
  if (!live) {
    return;
  }
  const refresh = async () => {
    if (document.hidden) {
      return;
    }
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
      if (!answer.ok || answer.redirected || !fresh) {
        throw new Error("not this page");
      }
      if (live.contains(document.activeElement) && document.activeElement.id === "") {
        document.activeElement.blur();
      }
      const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
      live.querySelectorAll("details[open]").forEach((opened) => {
        const same = fresh.querySelector("#" + CSS.escape(opened.id));
        if (same) {
          same.open = true;
        }
      });
      const kept = [...live.querySelectorAll("[data-keep]")];
      live.replaceChildren(...fresh.childNodes);
      kept.forEach((old) => {
        const replaced = live.querySelector("#" + CSS.escape(old.id));
        if (replaced) {
          Object.assign(old.dataset, replaced.dataset);
          replaced.replaceWith(old);
        }
      });
      document.dispatchEvent(new Event("live"));
      if (fresh.dataset.over === "true") {
        clearInterval(timer);
      }
      if (focused) {
        document.getElementById(focused)?.focus();
      }
      state.textContent = "";
    } catch {
      state.textContent = live.dataset.stale;
    }
  };
  const timer = setInterval(refresh, Number(live.dataset.every) * 1000);
})();
