/* Loads what a page can do without while it is read for the first time: scripts, and the CSS of what they add. */
(() => {
  "use strict";
  const { style, scripts } = document.currentScript.dataset;
  const root = document.documentElement;
  const added = (tag, values) =>
    new Promise((done) => {
      document.head.append(Object.assign(document.createElement(tag), values, { onload: done, onerror: done }));
    });
  const start = async () => {
    const sources = scripts ? scripts.split(" ") : [];
    // In this order, but fetched at the same time.
    await Promise.all([
      added("link", { rel: "stylesheet", href: style }),
      ...sources.map((src) => added("script", { src, async: false })),
    ]);
    // The theme's script starts at this event, which was over before it came.
    document.dispatchEvent(new Event("DOMContentLoaded"));
    root.dataset.late = "done";
  };
  root.dataset.late = "waiting";
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
})();
