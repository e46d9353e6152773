// The looks of the small charts (ph:rate): colours from our tokens, in light and dark; times in the reader's zone; and the
// new figures, when live.js brings them. PrimeFaces calls postedRates with each chart's widget before it draws.
(() => {
  const widgets = [];
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const language = document.documentElement.lang;
  const named = {
    hour: new Intl.DateTimeFormat(language, { timeStyle: "short" }),
    day: new Intl.DateTimeFormat(language, { dateStyle: "medium" }),
  };
  const box = (widget) => widget.jq[0].closest(".rate");

  const paint = (config, tone) => {
    const set = config.data.datasets[0];
    const bar = config.type === "bar";
    set.borderColor = token(tone);
    set.backgroundColor = token(bar ? tone : tone + "-soft");
    const tip = config.options.plugins.tooltip;
    tip.backgroundColor = token("ink");
    tip.titleColor = token("card");
    tip.bodyColor = token("card");
  };

  window.postedRates = function () {
    const { config } = this.cfg;
    const span = named[box(this).dataset.span];
    Object.assign(config.data.datasets[0], { fill: true, borderWidth: config.type === "bar" ? 0 : 2, borderRadius: 2, pointRadius: 0, pointHoverRadius: 4, tension: 0.2 });
    config.options = {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      layout: { padding: { top: 4, bottom: 1 } },
      plugins: { legend: { display: false }, tooltip: { displayColors: false, callbacks: { title: (items) => span.format(new Date(items[0].label)) } } },
      scales: { x: { display: false }, y: { display: false, beginAtZero: true, suggestedMax: 1 } },
    };
    paint(config, box(this).dataset.tone);
    widgets.push(this);
  };

  const each = (act) => widgets.filter((widget) => widget.chart).forEach((widget) => {
    act(widget.chart.config, box(widget).dataset);
    widget.chart.update("none");
  });
  document.addEventListener("live", () => each((config, data) => {
    config.data.labels = data.times.split(",");
    config.data.datasets[0].data = data.figures.split(",").map(Number);
    widgets.forEach((widget) => widget.canvas[0].setAttribute("aria-label", box(widget).dataset.label));
  }));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => each((config, data) => paint(config, data.tone)));
})();
