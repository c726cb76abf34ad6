/* "Is this normal?" by day: choose a day or the date of the treatment, see the signs sorted by urgency, save dates.
   Without this script the same signs stand as tables. Nothing is sent and nothing is stored.
   Only on pages with `class="normal"`. */
(() => {
  "use strict";
  const box = document.querySelector(".normal");
  if (!box) return;

  const DAY = 864e5;
  const SMALL = new Set("a am an and are at been but do does for from got has have i im in is it its me my of on or so some that the there this to very was with".split(" "));
  const form = box.querySelector(".normal-form");
  const dateBox = form.querySelector("input[type=date]");
  const findBox = form.querySelector("input[type=search]");
  const radios = [...form.querySelectorAll("input[type=radio]")];
  const status = form.querySelector(".normal-status");
  const state = { day: null, treated: null, message: "", help: false };

  // Dates are whole days, counted in UTC so that a change to summer time never adds or loses one.
  const midnight = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const parseDate = (text) => {
    const hit = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
    const time = hit ? Date.UTC(hit[1], hit[2] - 1, hit[3]) : NaN;
    return hit && new Date(time).toISOString().startsWith(text) ? time : null;
  };
  // What a clinic's system leaves in a link when it fills nothing in: {{…}}, […], %…%, <…>, a word for nothing, or nothing.
  const unfilled = (text) => /^\s*(?:$|[^\p{L}\p{N}\s]|(?:null|none|undefined)\s*$)/iu.test(text);
  const spoken = (time) => new Date(time).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
  const compact = (time) => new Date(time).toISOString().slice(0, 10).replaceAll("-", "");

  const wordsOf = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

  /* ---- groups: the line that explains a level becomes the head of its signs ---- */
  const groups = new Map();
  const levelWords = new Map();
  const newGroup = (level, head, name) => {
    const group = make("div", "level-group");
    group.dataset.level = level;
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", name);
    head.replaceWith(group);
    group.append(head);
    groups.set(level, group);
  };
  const levels = box.querySelector(".levels");
  for (const head of [...levels.children]) {
    const name = head.querySelector(".level").textContent.replace(/\.$/, "");
    levelWords.set(head.dataset.level, name);
    newGroup(head.dataset.level, head, name);
  }
  const other = make("p", "level-head");
  other.dataset.noClaim = "how-to-use";
  levels.insertBefore(other, groups.get("clinic").nextSibling);
  newGroup("other", other, "Other signs");

  /* ---- cards: the heading opens what stands below it ---- */
  const addStep = (row) => {
    const claim = groups.get(row.dataset.level).querySelector(".claim").cloneNode(true);
    claim.removeAttribute("id");
    claim.querySelector(".level").remove();
    const step = make("p", "row-step");
    step.append(claim);
    row.cells[1].append(step);
  };
  const signs = [...box.querySelectorAll(".sign")].map((section) => {
    const heading = section.querySelector("h3");
    const body = section.querySelector(".sign-body");
    const name = heading.textContent;
    const rows = [...section.querySelectorAll("tr")].map((row) => ({
      row, level: row.dataset.level, from: Number(row.dataset.from), to: Number(row.dataset.to),
    }));
    const button = make("button", "sign-open");
    button.type = "button";
    const badge = make("span", "badge");
    button.append(make("span", "sign-name", name), make("span", "visually-hidden", ": "), badge);
    heading.replaceChildren(button);
    body.id = `about-${heading.id}`;
    button.setAttribute("aria-controls", body.id);
    rows.forEach(({ row }) => addStep(row));
    const sign = { id: heading.id, name, section, body, button, badge, rows, opened: false };
    sign.words = wordsOf(`${name} ${section.dataset.also} ${section.querySelector(".looks p")?.textContent || ""}`);
    button.addEventListener("click", () => open(sign, button.getAttribute("aria-expanded") !== "true", true));
    body.addEventListener("beforematch", () => open(sign, true, true));
    return sign;
  });
  const byId = new Map(signs.map((sign) => [sign.id, sign]));
  const lastDay = Math.max(...signs.flatMap((sign) => sign.rows.map(({ to }) => to)));

  function open(sign, yes, asked = false) {
    if (asked) sign.opened = yes;
    sign.button.setAttribute("aria-expanded", String(yes));
    if (yes) sign.body.removeAttribute("hidden");
    else sign.body.setAttribute("hidden", "until-found"); // the browser's own search opens it
  }

  /* ---- what fits the day and the words ---- */
  const levelOf = (sign) => {
    if (state.day === null) return sign.rows.every(({ level }) => level === sign.rows[0].level) ? sign.rows[0].level : null;
    return sign.rows.find(({ from, to }) => from <= state.day && state.day <= to)?.level ?? null;
  };
  const fitting = () => {
    const typed = wordsOf(findBox.value).filter((word) => !SMALL.has(word));
    if (!typed.length) return signs;
    const begins = (sign) => (word) => sign.words.some((known) => known.startsWith(word));
    const all = signs.filter((sign) => typed.every(begins(sign)));
    return all.length ? all : signs.filter((sign) => typed.some(begins(sign)));
  };

  const say = (...parts) => {
    status.replaceChildren(parts.filter(Boolean).join(" "));
    if (!state.help) return;
    const link = make("a", "", "Get help");
    link.href = box.querySelector(".level-help").href.replace(/#.*/, "");
    status.append(" ", link);
  };

  const render = () => {
    const shown = new Set(fitting());
    const few = findBox.value.trim() !== "" && shown.size <= 2;
    const unsure = state.day === null ? ["Depends on the day", "choose a day above"] : ["No source for this day", "see the days below"];
    other.textContent = `${unsure.join(": ")}.`;
    for (const sign of signs) {
      const level = levelOf(sign);
      sign.badge.textContent = level ? levelWords.get(level) : unsure[0];
      sign.section.dataset.level = level ?? "other";
      sign.section.hidden = !shown.has(sign);
      for (const { row, from, to } of sign.rows) row.hidden = level !== null && state.day !== null && !(from <= state.day && state.day <= to);
      groups.get(level ?? "other").append(sign.section);
      open(sign, sign.opened || few);
    }
    for (const group of groups.values()) group.hidden = !group.querySelector(".sign:not([hidden])");
    state.help = state.help || !shown.size;
    const count = !shown.size ? "No sign here fits these words. Try other words." : shown.size < signs.length ? `${shown.size} of ${signs.length} signs fit, most urgent first.` : "";
    say(state.message, count);
  };

  /* ---- the day ---- */
  const radioFor = (day) => radios.filter((radio) => radio.value !== "" && Number(radio.value) <= day).pop();
  const dayWords = (day) => {
    const radio = radioFor(day);
    const words = radio.parentElement.textContent.trim();
    return Number(radio.value) === day && !radio.parentElement.classList.contains("wide") ? words : `Day ${day} (${words})`;
  };
  const choose = (day, message = "") => {
    Object.assign(state, { day, message, help: false });
    (day === null ? radios.at(-1) : radioFor(day)).checked = true;
    render();
  };
  const markToday = (day) => {
    for (const radio of radios) radio.parentElement.removeAttribute("aria-current");
    if (day !== null) radioFor(day).parentElement.setAttribute("aria-current", "date");
  };
  const refuse = (message, help = false) => {
    markToday(null);
    Object.assign(state, { day: null, message, help });
    radios.at(-1).checked = true;
    render();
  };

  const treat = (text) => {
    state.treated = parseDate(text);
    nameDates();
    if (state.treated === null) return refuse("This is not a date. Write it as year, month and day: 2026-11-20.");
    const day = Math.round((midnight(new Date()) - state.treated) / DAY);
    if (day < 0) return refuse("This date is in the future. The days count from the day of your treatment.");
    if (day > lastDay) return refuse(`This date is ${day} days ago. This page ends with day ${lastDay}. Does something worry you?`, true);
    markToday(day);
    return choose(day, `Today is ${dayWords(day).replace(/^Day/, "day")}.`);
  };

  const forget = () => {
    state.treated = null;
    nameDates();
    markToday(null);
    return choose(null);
  };
  dateBox.addEventListener("change", () => (dateBox.value || dateBox.validity.badInput ? treat(dateBox.value) : forget()));
  for (const radio of radios) {
    radio.addEventListener("change", () => {
      if (radio.value === "") return choose(null);
      const day = Number(radio.value);
      return choose(day, state.treated === null || day > 14 ? "" : `${dayWords(day)} is ${spoken(state.treated + day * DAY)}.`);
    });
  }
  findBox.addEventListener("input", () => { state.help = false; render(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  // A page left open overnight: today is another day.
  let seen = midnight(new Date());
  document.addEventListener("visibilitychange", () => {
    const now = midnight(new Date());
    if (document.hidden || now === seen) return;
    seen = now;
    if (state.treated !== null) treat(new Date(state.treated).toISOString().slice(0, 10));
  });

  /* ---- addresses: #day-3-dark-marks, #days-2-3-dark-marks, #dark-marks, #day-3, #treated=2026-11-20 ---- */
  const show = (sign) => {
    findBox.value = "";
    open(sign, true, true);
    render();
    sign.section.scrollIntoView({ block: "start" });
    sign.button.focus({ preventScroll: true });
  };
  const follow = () => {
    let hash = location.hash.slice(1);
    try { hash = decodeURIComponent(hash); } catch { /* %treatment_date% is no code for a letter: it stays as it is. */ }
    const treated = /^treated=(.*)$/s.exec(hash);
    const day = /^day-(\d{1,3})(?:-(.+))?$/.exec(hash);
    const cell = document.getElementById(hash);
    if (treated && unfilled(treated[1])) {
      dateBox.value = "";
      forget();
    } else if (treated) {
      dateBox.value = parseDate(treated[1]) === null ? "" : treated[1];
      treat(treated[1]);
      form.scrollIntoView({ block: "start" });
    } else if (byId.has(hash)) {
      show(byId.get(hash));
    } else if (cell?.classList.contains("point")) {
      choose(Number(cell.dataset.day));
      show(signs.find(({ section }) => section.contains(cell)));
    } else if (day && Number(day[1]) <= lastDay && (!day[2] || byId.has(day[2]))) {
      choose(Number(day[1]));
      if (day[2]) show(byId.get(day[2]));
      else form.scrollIntoView({ block: "start" });
    }
  };
  addEventListener("hashchange", follow);

  /* ---- dates for the calendar ---- */
  const dates = document.querySelector(".normal-dates");
  const steps = dates ? [...dates.querySelectorAll("li")].map((item) => ({ item, id: item.id, day: Number(item.dataset.day), ...item.dataset })) : [];

  function nameDates() {
    for (const { item, day } of steps) {
      const when = state.treated === null ? "" : ` (${spoken(state.treated + Number(day) * DAY)})`;
      item.querySelector(".date").textContent = `Day ${day}${when}`;
    }
  }

  const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
  // A line has at most 75 bytes; what follows stands on a new line behind a space. Letters are never cut apart.
  const folded = (line) => {
    const encoder = new TextEncoder();
    let out = "";
    let size = 0;
    for (const letter of line) {
      const bytes = encoder.encode(letter).length;
      if (size + bytes > 75) { out += "\r\n "; size = 1; }
      out += letter;
      size += bytes;
    }
    return out;
  };
  const event = ({ id, day, short, text, page }, stamp) => {
    const time = state.treated + Number(day) * DAY;
    const source = new URL("../" + page, location.href.replace(/[?#].*/, ""));
    const link = location.protocol.startsWith("http") ? `\nWho says so: ${source}` : "";
    const title = `Day ${day}: ${short}`;
    const words = `${text}\nNot yet reviewed by a clinician. Your own clinic's sheet comes first if it is stricter.${link}`;
    return [
      "BEGIN:VEVENT",
      `UID:${compact(state.treated)}-${id}@microneedling-plainly`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${compact(time)}`,
      `DTEND;VALUE=DATE:${compact(time + DAY)}`,
      `SUMMARY:${escaped(title)}`,
      `DESCRIPTION:${escaped(words)}`,
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    ];
  };
  const calendar = (chosen) => {
    const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Microneedling plainly//Dates after needling//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"];
    return [...head, ...chosen.flatMap((step) => event(step, stamp)), "END:VCALENDAR", ""].map(folded).join("\r\n");
  };
  const save = (note) => {
    if (state.treated === null) {
      note.textContent = "Choose the day of your treatment first.";
      dateBox.focus();
      return;
    }
    const now = midnight(new Date());
    const coming = steps.filter(({ day }) => state.treated + Number(day) * DAY >= now);
    if (!coming.length) {
      note.textContent = "All of these days have passed.";
      return;
    }
    const link = make("a", "");
    link.href = URL.createObjectURL(new Blob([calendar(coming)], { type: "text/calendar;charset=utf-8" }));
    link.download = "dates-after-needling.ics";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    note.textContent = `A file with ${coming.length} dates is ready. Open it to add them to your calendar.`;
  };
  if (dates) {
    const place = dates.querySelector(".normal-save");
    place.hidden = false;
    place.querySelector("button").addEventListener("click", () => save(place.querySelector("p")));
  }

  form.hidden = false;
  box.classList.add("ready");
  choose(null);
  follow();
})();
