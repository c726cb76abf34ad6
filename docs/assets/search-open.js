/* Opens the search box and then loads the index and the search itself: until then neither costs a byte.
   They are scripts, so that they load from a folder on a disk too. Without this script the box stays hidden. */
(() => {
  "use strict";
  const form = document.forms.namedItem("find");
  const toggle = document.getElementById("__search");
  if (!form || !toggle) return;
  const input = form.elements.namedItem("query");
  const root = new URL(form.dataset.base.replace(/\/*$/, "/"), location.href);
  const status = document.querySelector(".md-search-result__meta");
  // The theme hides the box without JavaScript; its own script takes this away much later.
  document.documentElement.classList.replace("no-js", "js");

  let asked = false;
  const load = () => {
    if (asked) return;
    asked = true;
    for (const path of [form.dataset.index, "assets/search-rank.js", "assets/search.js"]) {
      const script = document.createElement("script");
      script.src = new URL(path, root).href;
      script.async = false; // in this order
      script.addEventListener("error", () => {
        status.textContent = "The search cannot be loaded now. The menu leads to every page.";
        asked = false;
      });
      document.head.append(script);
    }
  };
  const open = () => {
    if (!toggle.checked) toggle.click();
  };

  toggle.addEventListener("change", () => {
    if (!toggle.checked) return;
    load();
    input.focus();
  });
  input.addEventListener("focus", open);
  const box = form.closest(".md-search");
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (toggle.checked && relatedTarget && !box.contains(relatedTarget)) toggle.click();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || toggle.checked) return;
    if (["/", "s", "f"].includes(event.key)) {
      event.preventDefault();
      open();
    }
  });
  if (toggle.checked) load();
  if (document.activeElement === input) open();
})();
