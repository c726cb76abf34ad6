/* A source note or a definition opens beside its mark on hover, focus or tap. Without this script both are plain links. */
(() => {
  "use strict";
  // The theme's boxes for the menu and the search are buttons to those who hear the page.
  for (const box of document.querySelectorAll(".md-toggle[aria-pressed]")) {
    box.addEventListener("change", () => box.setAttribute("aria-pressed", box.checked));
  }

  const marks = document.querySelectorAll(".mark a, a.term");
  if (!marks.length) return;

  const card = document.createElement("div");
  card.className = "note-card md-typeset";
  card.id = "note-card";
  card.setAttribute("role", "dialog");
  card.hidden = true;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "note-card-close";
  close.setAttribute("aria-label", "Close the note");
  close.textContent = "✕";
  const body = document.createElement("div");
  card.append(close, body);
  document.body.append(card);

  let opener = null;
  let pinned = false;
  let leaving = 0;

  // On a wide screen the card stands beside its mark; on a narrow one it is a sheet at the foot, opened by tap only.
  const wide = matchMedia("(min-width: 60em)");

  const place = (mark) => {
    const box = mark.getBoundingClientRect();
    if (!wide.matches) {
      const hidden = box.bottom + 8 - (innerHeight - card.offsetHeight);
      if (hidden > 0) scrollBy(0, hidden);
      return;
    }
    const left = Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 16);
    card.style.setProperty("left", `${Math.max(8, left + scrollX)}px`);
    card.style.setProperty("top", `${box.bottom + scrollY + 4}px`);
  };

  const show = (mark, pin) => {
    const note = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
    if (!note) return false;
    clearTimeout(leaving);
    if (opener !== mark) {
      body.replaceChildren(...[...note.childNodes].map((node) => node.cloneNode(true)));
      for (const element of body.querySelectorAll("[id]")) element.removeAttribute("id");
    }
    card.setAttribute("aria-label", mark.classList.contains("term") ? "Word explained" : `Source note ${mark.textContent}`);
    if (opener) opener.removeAttribute("aria-expanded");
    opener = mark;
    pinned = pin || (pinned && opener === mark);
    card.hidden = false;
    mark.setAttribute("aria-expanded", "true");
    place(mark);
    return true;
  };

  const hide = (back) => {
    if (!opener) return;
    opener.removeAttribute("aria-expanded");
    if (back) opener.focus();
    card.hidden = true;
    opener = null;
    pinned = false;
  };

  const later = () => {
    clearTimeout(leaving);
    leaving = setTimeout(() => { if (!pinned) hide(false); }, 250);
  };

  for (const mark of marks) {
    mark.setAttribute("aria-haspopup", "dialog");
    mark.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      if (pinned && opener === mark) { event.preventDefault(); hide(true); return; }
      if (show(mark, true)) { event.preventDefault(); close.focus({ preventScroll: true }); }
    });
    mark.addEventListener("pointerenter", (event) => { if (wide.matches && event.pointerType === "mouse" && !pinned) show(mark, false); });
    mark.addEventListener("pointerleave", later);
    mark.addEventListener("focus", () => { if (wide.matches && !pinned && mark.matches(":focus-visible")) show(mark, false); });
    // What has the focus next must not lie under the card.
    mark.addEventListener("blur", ({ relatedTarget: next }) => { if (next && !pinned && !card.contains(next)) hide(false); else later(); });
  }
  card.addEventListener("pointerenter", () => clearTimeout(leaving));
  card.addEventListener("pointerleave", later);
  close.addEventListener("click", () => hide(true));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && opener) { event.stopPropagation(); hide(true); } });
  document.addEventListener("pointerdown", (event) => { if (opener && !card.contains(event.target) && event.target.closest(".mark a, a.term") !== opener) hide(false); });
})();
