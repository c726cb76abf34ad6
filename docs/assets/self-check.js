/* The check before you book: what is ticked becomes a list in three groups. Nothing is sent or stored.
   Without this script the page is a list to read; with it, the reasons of an item stand in the list of what is ticked.
   Only on pages with `id="my-list"` or `id="ask-`. */
(() => {
  "use strict";
  const root = document.documentElement;

  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "check-button";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  };

  // A sheet of questions gets a button to print it.
  const sheet = document.querySelector("h2[id^='ask-']");
  if (sheet) sheet.before(button("Print these questions", () => print()));

  // Some browsers tick again on a reload what was ticked before. Nothing ticked here is kept.
  for (const box of document.querySelectorAll("li.check input")) box.checked = false;

  const result = document.getElementById("my-list");
  const items = [...document.querySelectorAll("li.check")].map((place) => ({
    place,
    group: place.dataset.group,
    box: place.querySelector("input"),
    tick: place.querySelector(".check-tick span").textContent,
    detail: place.querySelector(".check-detail"),
  }));
  if (!result || !items.length) return;

  /* --- The list of what is ticked ------------------------------------------------------------ */

  const one = (name) => result.querySelector(name);
  const parts = [...result.querySelectorAll(".check-part")];
  const bar = document.querySelector(".check-bar");
  const show = one(".check-show");
  const heading = document.getElementById("where-sources-differ");
  const boxes = [...document.querySelectorAll("[data-differs]")];
  const notes = [...document.querySelectorAll(".notes li.note")];

  const entry = (item) => {
    const line = document.createElement("li");
    const title = document.createElement("h4");
    title.textContent = item.tick;
    item.detail.hidden = false;
    line.append(title, item.detail);
    return line;
  };

  /* What the result rests on: on paper only these notes and boxes stand below it. */
  const mark = () => {
    const seen = [...result.querySelectorAll("[data-fact]")].filter((told) => !told.closest("[hidden]"));
    const used = new Set(seen.map((told) => told.dataset.fact));
    for (const box of boxes) box.classList.toggle("check-used", used.has(box.dataset.differs));
    for (const note of notes) note.classList.toggle("check-used", used.has(note.id.slice("note-".length)));
    const differ = boxes.some((box) => box.classList.contains("check-used"));
    if (heading) heading.classList.toggle("check-used", differ);
    one(".check-differ").hidden = !differ;
  };

  const only = (on) => {
    root.classList.toggle("check-only", on);
    show.setAttribute("aria-pressed", String(on));
    show.textContent = on ? "Show the whole page" : "Show only my list";
  };

  const render = () => {
    const ticked = items.filter((item) => item.box.checked);
    for (const item of items) {
      if (item.box.checked) continue;
      // The browser's own search in the page, and the way back from a note, may open it.
      item.detail.setAttribute("hidden", "until-found");
      item.place.append(item.detail);
    }
    for (const part of parts) {
      const mine = ticked.filter((item) => item.group === part.dataset.group);
      part.querySelector(".check-items").replaceChildren(...mine.map(entry));
      part.hidden = !mine.length;
    }
    one(".check-none").hidden = ticked.length > 0;
    one(".check-always").hidden = !ticked.length;
    root.classList.toggle("check-print", ticked.length > 0);
    bar.hidden = !ticked.length;
    bar.firstElementChild.textContent = `${ticked.length} ticked`;
    mark();
  };

  for (const item of items) item.box.addEventListener("change", render);
  one(".check-print").addEventListener("click", () => { root.classList.add("check-print"); print(); });
  addEventListener("afterprint", () => root.classList.toggle("check-print", items.some((item) => item.box.checked)));
  show.addEventListener("click", () => { only(!root.classList.contains("check-only")); result.scrollIntoView(); });
  one(".check-clear").addEventListener("click", () => {
    for (const item of items) item.box.checked = false;
    only(false);
    render();
    items[0].box.focus();
  });
  bar.querySelector("a").addEventListener("click", () => result.focus());

  /* --- Search: lay words and brand names ----------------------------------------------------- */

  const SMALL = new Set("a an and any am are at be can could do for from get go got had has have i if in is it me my of on or should so take takes taking taken the to use using used was when with".split(" "));
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const split = (text) => fold(text).split(/[^a-z0-9]+/).filter(Boolean);
  for (const item of items) item.words = split(`${item.tick} ${item.place.dataset.words}`);

  /* How many letters must change to make one word of the other; stops counting at 3. */
  const distance = (one, other) => {
    if (Math.abs(one.length - other.length) > 2) return 3;
    let row = [...other].map((_, at) => at + 1);
    [...one].forEach((letter, at) => {
      let corner = at;
      let left = at + 1;
      row = row.map((above, column) => {
        left = Math.min(above + 1, left + 1, corner + (letter === other[column] ? 0 : 1));
        corner = above;
        return left;
      });
    });
    return row.at(-1);
  };
  const begins = (item, word) => item.words.some((known) => known.startsWith(word));
  const near = (item, word) => word.length > 4
    && item.words.some((known) => known[0] === word[0] && distance(word, known) <= (word.length > 7 ? 2 : 1));

  /* Items with all typed words, or else with any of them, or else with one that is nearly the same. */
  const found = (typed) => {
    const all = split(typed);
    const telling = all.filter((word) => !SMALL.has(word));
    const words = telling.length ? telling : all;
    const ways = [
      (item) => words.every((word) => begins(item, word)),
      (item) => words.some((word) => begins(item, word)),
      (item) => words.some((word) => near(item, word)),
    ];
    return ways.map((way) => items.filter(way)).find((hits) => hits.length) || [];
  };

  const find = document.querySelector(".check-find");
  const field = find.querySelector("input");
  const missing = find.querySelector(".check-missing");
  field.addEventListener("input", () => {
    const hits = new Set(field.value.trim() ? found(field.value) : items);
    for (const item of items) item.place.hidden = !hits.has(item);
    for (const list of document.querySelectorAll("ul.checks")) {
      list.hidden = !list.querySelector("li.check:not([hidden])");
      document.getElementById(`check-${list.dataset.kind}`).hidden = list.hidden;
    }
    find.querySelector(".check-found").textContent = field.value.trim() ? `${hits.size} found.` : "";
    if (missing) missing.hidden = hits.size > 0;
  });

  find.hidden = false;
  one(".check-buttons").hidden = false;
  root.classList.add("check-on");
  render();
})();
