// Tables with boxes to tick: how many are ticked, all at once, the bar of what can be done. The pages work without.
(() => {
  document.querySelectorAll("form.pickable").forEach((form) => {
    const boxes = () => [...form.querySelectorAll("input[name=pick]")];
    const all = form.querySelector(".pick-all");
    const said = form.querySelector(".picked");
    const show = () => {
      const count = boxes().filter((box) => box.checked).length;
      const text = count === 0 ? "" : said.dataset.pattern.replaceAll("{0}", String(count));
      if (said.textContent !== text) {
        said.textContent = text;
      }
      form.querySelectorAll("[data-picked]").forEach((counted) => {
        counted.textContent = String(count);
      });
      form.classList.toggle("has-picked", count > 0);
      if (all) {
        all.setAttribute("aria-pressed", String(count > 0 && count === boxes().length));
      }
    };
    if (all) {
      all.hidden = false;
      all.addEventListener("click", () => {
        const tick = boxes().some((box) => !box.checked);
        boxes().forEach((box) => {
          box.checked = tick;
        });
        show();
      });
    }
    form.addEventListener("change", show);
    show();
  });
})();
