// Tables whose rows can be ticked: all at once, and how many are. Works without, too.
(() => {
  const said = (pattern, count) =>
    pattern
      .replace(/\{0,choice,0#([^|]*)\|1#([^|]*)\|1<((?:[^{}]|\{0\})*)\}/g, (all, none, one, many) => (count === 0 ? none : count === 1 ? one : many))
      .replaceAll("{0}", String(count));
  document.querySelectorAll("[data-pick-all]").forEach((all) => {
    const form = all.closest("form");
    const boxes = [...form.querySelectorAll(`input[name="${CSS.escape(all.dataset.pickAll)}"]`)];
    const told = form.querySelector(`[data-picked="${CSS.escape(all.dataset.pickAll)}"]`);
    const show = () => {
      const count = boxes.filter((box) => box.checked).length;
      all.checked = count > 0 && count === boxes.length;
      all.indeterminate = count > 0 && count < boxes.length;
      if (told) {
        told.textContent = said(told.dataset.pattern, count);
      }
    };
    all.addEventListener("change", () => {
      boxes.forEach((box) => (box.checked = all.checked));
      show();
    });
    boxes.forEach((box) => box.addEventListener("change", show));
    show();
  });
})();
