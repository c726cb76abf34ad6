/* The search box: shows what search-rank.js finds, with the first words of each answer, and opens it at its section.
   All text is set as text. Loaded when the search is first opened. */
(() => {
  "use strict";
  const index = globalThis.searchIndex;
  const { rank, guesses } = globalThis.searchRank;
  const form = document.forms.namedItem("find");
  const input = form.elements.namedItem("query");
  const toggle = document.getElementById("__search");
  const box = document.querySelector(".md-search");
  const status = box.querySelector(".md-search-result__meta");
  const list = document.getElementById("search-list");
  const SHOWN = 10;
  const narrow = matchMedia("(max-width: 59.984375em)");
  const root = new URL(form.dataset.base.replace(/\/*$/, "/"), location.href);

  /* ---- addresses: the one place that knows that a folder on a disk has no index of its own ---- */
  const address = (page, anchor) => {
    const folder = page === "index" ? "" : `${page}/`;
    const file = location.protocol === "file:" ? "index.html" : "";
    return new URL(folder + file + (anchor ? `#${anchor}` : ""), root).href;
  };

  /* ---- drawing ---- */
  const make = (tag, className, ...parts) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...parts);
    return element;
  };
  // The text with the words that were found marked.
  const marked = (text, marks) => text.split(/([\p{L}\p{N}'’]+)/u).filter(Boolean).map((piece) => (marks(piece) ? make("mark", "", piece) : piece));

  const row = (href, ...parts) => {
    const link = make("a", "md-search-result__link", make("span", "search-entry", ...parts));
    link.href = href;
    return make("li", "md-search-result__item", link);
  };
  const result = (section, marks) => {
    const { page, title, anchor, heading, first, level } = section;
    const name = make("span", "search-heading", ...marked(heading, marks));
    if (heading !== title) name.append(" ", make("span", "search-page", `· ${title}`));
    const parts = [name];
    if (level) {
      const badge = make("span", "search-level", index.levels[level]);
      badge.dataset.level = level;
      parts.push(badge);
    }
    if (first) parts.push(make("span", "search-first", ...marked(first, marks)));
    return row(address(page, anchor), ...parts);
  };
  const wayRow = ([number, about]) => {
    const [page, title] = index.pages[number];
    return row(address(page, ""), make("span", "search-heading", title), make("span", "search-first", about));
  };
  const tryRow = (word) => {
    const button = make("button", "search-try", `Search for “${word}”`);
    button.type = "button";
    button.addEventListener("click", () => {
      input.value = word;
      show();
      input.focus();
    });
    return make("li", "md-search-result__item", button);
  };

  let spoken = 0;
  const say = (text) => {
    // Read out once, when typing pauses.
    clearTimeout(spoken);
    spoken = setTimeout(() => { if (status.textContent !== text) status.textContent = text; }, shown === "" ? 0 : 250);
  };

  let shown = null;
  const show = () => {
    const typed = input.value.trim();
    if (typed === shown) return;
    shown = typed;
    if (!typed) {
      list.replaceChildren(...index.ways.map(wayRow));
      say("Type a word or a question, or start here.");
      return;
    }
    const { results, missing, spelt, marks } = rank(typed, !/\s$/.test(input.value));
    const best = results.slice(0, SHOWN);
    if (!best.length) {
      list.replaceChildren(...missing.slice(0, 2).flatMap(guesses).map(tryRow), ...index.ways.map(wayRow));
      say("No answer has these words. Try other words, or start here.");
      return;
    }
    list.replaceChildren(...best.map((section) => result(section, marks)));
    const count = best.length === 1 ? "1 answer" : `${best.length} answers`;
    const read = spelt.map(([word, other]) => ` We read “${word}” as “${other}”.`).join("");
    const none = missing.length ? ` No page has “${missing.slice(0, 3).join("”, “")}”.` : "";
    say(`${count}, the best first.${read}${none}`);
  };

  /* ---- opening and closing ---- */
  const close = () => {
    if (toggle.checked) toggle.click();
  };
  // On a phone the search fills the screen: what lies under it cannot be reached.
  const cover = () => {
    const covers = toggle.checked && narrow.matches;
    box.toggleAttribute("aria-modal", false);
    if (covers) box.setAttribute("aria-modal", "true");
    for (let inner = box; inner !== document.body; inner = inner.parentElement) {
      for (const other of inner.parentElement.children) {
        if (other !== inner && !other.matches("script, .md-toggle")) other.inert = covers;
        // The boxes behind menu and search stay in use by their labels, but not by the keyboard.
        if (other.matches(".md-toggle")) other.tabIndex = covers ? -1 : 0;
      }
    }
  };
  const changed = () => {
    cover();
    list.hidden = !toggle.checked;
    if (toggle.checked) show();
    else if (box.contains(document.activeElement)) document.activeElement.blur();
  };

  // A page that the theme holds still behind the search would lose the place that the link leads to.
  const follow = (link) => {
    close();
    document.body.removeAttribute("data-md-scrolllock");
    document.body.style.top = "";
    if (link.href === location.href) dispatchEvent(new Event("hashchange"));
  };

  const links = () => [...list.querySelectorAll("a, button")];
  const keys = (event) => {
    if (event.isComposing) return;
    const at = links().indexOf(document.activeElement);
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const stops = [input, ...links()];
      const step = event.key === "ArrowDown" ? 1 : -1;
      stops[(at + 1 + step + stops.length) % stops.length].focus();
    } else if (event.key === "Enter" && document.activeElement === input) {
      event.preventDefault();
      show();
      links()[0]?.click();
    }
  };

  input.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(() => { show(); input.focus(); }));
  form.querySelector(".search-back").addEventListener("click", close);
  box.addEventListener("keydown", keys);
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) follow(link);
  });
  toggle.addEventListener("change", changed);
  narrow.addEventListener("change", cover);
  // Who went on by the keyboard while this was loaded is no longer searching.
  const at = document.activeElement;
  if (at !== document.body && !box.contains(at)) close();
  changed();
})();
