/* A button behind each [data-copy] copies its address or text. Without this script it is text to mark and copy.
   Only on pages with `data-copy href`. */
(() => {
  "use strict";
  if (!navigator.clipboard) return; // a page without https may not write to the clipboard
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  document.body.append(said);
  for (const place of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    const text = place.href || place.textContent;
    button.type = "button";
    button.className = "copy-button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${place.textContent}`);
    let back = 0;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.replace(/^(https?:\/\/[^#?]*\/go\/[^/]+)\/$/, "$1"));
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(place);
        button.textContent = "Press Ctrl+C";
      }
      said.textContent = button.textContent;
      clearTimeout(back);
      back = setTimeout(() => { button.textContent = "Copy"; said.textContent = ""; }, 2000);
    });
    place.after(" ", button);
  }
})();
