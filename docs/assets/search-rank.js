/* The search's ranking: which sections answer what was typed. Loaded with the index when the search is first opened.
   Pure: it reads `searchIndex` (hooks/factbase/search.py says what stands in it) and touches no page. */
globalThis.searchRank = ((index) => {
  "use strict";
  const SMALL = new Set(index.small.split(" "));
  // Words that seldom decide between two answers: times, places on the body, the treatment itself.
  const WEAK = 0.4;
  // What kind of answer is wanted. Found in headings and lay words too, where the same words ask for the same.
  const INTENTS = [
    ["?long", /\bhow (long|soon|quickly|many (more )?(days|weeks|months))\b|\bwhen\b|\btill?\b|\buntil\b|\blasts?\b/],
    ["?can", /\b(can|may|could|should) i\b|\bok(ay)? to\b|\ballowed to\b|\b(is|are) (it|they|this) (ok|okay|safe|fine)\b/],
    ["?normal", /\bnormal\b|\busual\b|\bsupposed to\b|\bshould i worry\b|\bworried\b|\bis (it|this|that) (ok|okay|bad)\b/],
    ["?what", /\bwhat('?s| is| are)\b|\bmean(s|ing)?\b|\bdefin/],
    ["?many", /\bhow (many|often)\b/],
  ];
  const FIELDS = { heading: 5, page: 1.5, first: 1, lay: 10, also: 4, rest: 1 };
  const WHOLE = { heading: 0.4, lay: 0.8, also: 0.3 }; // what a phrase adds when all of its words were typed
  const HALF = 3; // a word of this field weight counts half of what it could at most
  const INTENT = 1.2;
  const COVER = 0.7;
  const CROWD = 400;
  const LONGEST = 24; // words of a question that are looked up

  /* ---- words ---- */
  // Letters only, without accents, direction marks and apostrophes.
  const plain = (text) => text.normalize("NFKD").replace(/[\p{M}\p{Cf}'’‘`´]/gu, "").toLowerCase();
  const split = (text) => plain(text).match(/\d+\.\d+|[\p{L}\p{N}]+/gu) || [];

  // One spelling for UK and US: colour, oedema, anaesthetic, sterilise, tumour, fibre, grey.
  const american = (word) => word.length < 5 ? word.replace(/^grey$/, "gray") : word
    .replace(/ae|oe/g, "e").replace(/(?<=..)our/g, "or").replace(/is(e[drs]?|ing|ation|er)$/, "iz$1").replace(/yse/, "yze").replace(/tre$/, "ter").replace(/([aeiou])ll(ing|ed|er)$/, "$1l$2");

  const FORMS = new Map(Object.entries({
    swell: "swollen swelled", bleed: "bled", break: "broke broken", burn: "burnt", bad: "worse worsen worsening worst", dark: "darker darkest darken darkened", old: "older",
    wear: "wore worn", sleep: "slept", heal: "healed", child: "children kid kids", itch: "itchiness", red: "redder reddish", lose: "lost", tight: "tighter",
  }).flatMap(([root, forms]) => forms.split(" ").map((form) => [form, root])));
  // Endings only: a drug's name stays whole.
  const stem = (word) => {
    if (FORMS.has(word)) return FORMS.get(word);
    let root = american(word).replace(/^(micro|derma)(?=need)/, "");
    if (root.length < 4 || /\d/.test(root)) return root;
    root = root.replace(/ies$/, "y").replace(/(ss|sh|ch|x)es$/, "$1").replace(/([^siu])s$/, "$1");
    if (root.length > 4) root = root.replace(/(.*[aeiouy].{1,})(ing|ed)$/, "$1").replace(/([bdgmnprt])\1$/, "$1");
    if (root.length > 5) root = root.replace(/(ness|ly|ful)$/, "");
    return root.length > 3 ? root.replace(/[ey]$/, "") : root;
  };
  const known = new Map(); // a word as written → its stem
  const rooted = (word) => {
    if (!known.has(word)) known.set(word, stem(word));
    return known.get(word);
  };
  const wordsOf = (text) => split(text).filter((word) => !SMALL.has(word));
  const intentsOf = (text) => INTENTS.filter(([, asks]) => asks.test(text)).map(([name]) => name);

  /* ---- the index turned round: stem → section → how much the word counts there ---- */
  const places = new Map();
  const put = (root, number, weight) => {
    if (!places.has(root)) places.set(root, new Map());
    const found = places.get(root);
    if ((found.get(number) || 0) < weight) found.set(number, weight);
  };
  const sections = index.sections.map(([page, anchor, heading, first, level, weight, lay, also, rest], number) => {
    const phrases = [];
    const read = (text, field, listed) => {
      // In a long list or text each word says less.
      const crowd = field === "lay" ? 1 : (1 + text.length / CROWD) ** -0.5;
      for (const piece of listed ? text.split(", ") : [text]) {
        const roots = [...new Set(wordsOf(piece).map(rooted))];
        // A word of a longer phrase says less than a word that stands alone.
        const share = listed ? roots.length ** -0.5 * crowd : field === "rest" ? crowd : 1;
        for (const root of roots) put(root, number, FIELDS[field] * share);
        for (const name of listed || field === "heading" ? intentsOf(plain(piece)) : []) put(name, number, 1);
        if (WHOLE[field] && roots.length) phrases.push({ roots, share: WHOLE[field] });
      }
    };
    const [name, title] = index.pages[page];
    read(title, "page");
    read(heading, "heading");
    read(first, "first");
    read(rest, "rest");
    read(also, "also", true);
    read(lay, "lay", true);
    if (name === "glossary") put("?what", number, 3);
    if (name === "is-this-normal" || name === "healing-timeline") put("?normal", number, name === "is-this-normal" ? 3 : 1);
    return { page: name, title, anchor, heading, first, level, weight: weight / 10, phrases };
  });
  const vocabulary = [...known.keys()].sort();
  const weak = new Set(split(index.weak).map(rooted));
  const isNumber = (word) => /^\d+$/.test(word);
  const isWeak = (root) => weak.has(root) || isNumber(root);
  const rarity = (root) => Math.log(1 + sections.length / (places.get(root).size + 0.5)) * (isWeak(root) ? WEAK : 1);

  /* ---- what a typed word may stand for ---- */
  // Edits (one letter more, less, other, or two swapped) between two words; more than `most` is `most + 1`.
  const edits = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [];
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= b.length; j += 1) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      if (Math.min(...next) > most) return most + 1;
      [before, row] = [row, next];
    }
    return row[b.length];
  };
  const allowed = (length) => length < 4 ? 0 : length < 8 ? 1 : 2;
  const nearest = (word, most, others = false) => {
    let best = most;
    let found = [];
    for (const other of vocabulary) {
      if (other.length < 3 || (others && other === word)) continue;
      const distance = edits(word, other, best);
      if (distance < best) [best, found] = [distance, [other]];
      else if (distance === best) found.push(other);
    }
    const alike = found.filter((other) => other[0] === word[0]);
    return (alike.length ? alike : found).map((other) => [other, best]);
  };

  // stem → how surely the typed word means it; `spelt` are the words it was taken for.
  const meanings = (word, typing) => {
    const means = new Map();
    const add = (root, sure) => { if (places.has(root) && (means.get(root) || 0) < sure) means.set(root, sure); };
    add(rooted(word), 1);
    const exact = means.size > 0;
    if (exact && isWeak(rooted(word))) return { means, spelt: [] };
    if (exact && word.length > 5 && places.get(rooted(word)).size < 3) {
      // A rare word may be a misspelling that somebody listed.
      for (const [other, distance] of nearest(word, 1, true)) if (distance) add(rooted(other), 0.75);
    }
    if (word.length >= (typing ? 2 : 4)) {
      for (const other of vocabulary) {
        if (other.startsWith(word)) add(rooted(other), (exact ? 0.5 : 0.9) * Math.sqrt(word.length / other.length));
        else if (!exact && other.length > 4 && word.startsWith(other) && word.length < other.length + 4) add(rooted(other), 0.7);
      }
    }
    if (means.size) return { means, spelt: [] };
    const near = nearest(word, allowed(word.length));
    for (const [other, distance] of near) add(rooted(other), distance === 1 ? 0.8 : 0.6);
    return { means, spelt: near.map(([other]) => other) };
  };
  const halves = (word) => {
    for (let cut = 3; cut <= word.length - 3; cut += 1) {
      const pair = [word.slice(0, cut), word.slice(cut)];
      if (pair.every((half) => places.has(rooted(half)))) return pair;
    }
    return null;
  };

  // The typed words as groups of meanings. `make up` and `makeup` find each other.
  const groupsOf = (text, typing) => {
    const typed = wordsOf(text.slice(0, 400)).slice(0, LONGEST);
    const groups = [];
    const seen = new Set();
    const take = (word, last) => {
      const root = rooted(word);
      if (seen.has(root)) return;
      seen.add(root);
      groups.push({ word, ...meanings(word, last) });
    };
    typed.forEach((word, i) => {
      const last = typing && i === typed.length - 1;
      const pair = places.has(rooted(word)) || last ? null : halves(word);
      if (pair) pair.forEach((half) => take(half, false));
      else take(word, last);
    });
    typed.slice(1).forEach((word, i) => {
      const joined = typed[i] + word;
      if (places.has(rooted(joined))) groups.push({ word: joined, means: new Map([[rooted(joined), 1]]), spelt: [], joins: [typed[i], word] });
    });
    return groups;
  };

  /* ---- ranking ---- */
  // What a phrase adds by the share of it that was typed: little for a half of it.
  const whole = (phrase, roots) => {
    let got = 0;
    let all = 0;
    for (const root of phrase.roots) {
      const value = roots.get(root) || 0;
      got += value;
      all += value || rarity(root);
    }
    return got && phrase.share * got * (got / all) ** 3;
  };
  const rank = (text, typing = false) => {
    const groups = groupsOf(text, typing);
    const scores = new Map(); // section → { score, matched: rarity of the words found, roots: stem → worth }
    const gains = new Map(); // word → section → what it gave
    let asked = 0;
    for (const { word, means, joins } of groups) {
      if (!means.size) continue;
      const worth = Math.max(...[...means].map(([root, sure]) => rarity(root) * sure));
      const light = [...means.keys()].every(isWeak);
      if (!joins && !light) asked += worth;
      const best = new Map();
      for (const [root, sure] of means) {
        const value = Math.min(rarity(root) * sure, worth);
        for (const [number, weight] of places.get(root)) {
          const gain = value * weight / (weight + HALF);
          if ((best.get(number) || 0) < gain) best.set(number, gain);
          if (!scores.has(number)) scores.set(number, { score: 0, matched: 0, roots: new Map() });
          scores.get(number).roots.set(root, value);
        }
      }
      gains.set(word, best);
      for (const [number, gain] of best) {
        const got = scores.get(number);
        // Two words and the two as one say the same thing once.
        const counted = (joins || []).reduce((sum, part) => sum + (gains.get(part)?.get(number) || 0), 0);
        got.score += Math.max(0, gain - counted);
        if (!light && !joins) got.matched += worth;
      }
    }
    const intents = intentsOf(plain(text.slice(0, 400)));
    const found = [...scores].map(([number, { score, matched, roots }]) => {
      const section = sections[number];
      let total = score * (asked ? Math.min(1, matched / asked) : 1) ** COVER;
      total += Math.max(0, ...section.phrases.map((phrase) => whole(phrase, roots)));
      for (const name of intents) total *= 1 + (INTENT - 1) * (places.get(name)?.get(number) || 0);
      return { section, score: total * section.weight };
    });
    found.sort((a, b) => b.score - a.score);
    const enough = found.length ? found[0].score / 4 : 0;
    const roots = new Set(groups.flatMap(({ means }) => [...means.keys()]));
    return {
      results: found.filter(({ score }) => score >= enough).map(({ section }) => section),
      missing: groups.filter(({ means }) => !means.size).map(({ word }) => word),
      spelt: groups.filter(({ spelt, means }) => spelt.length && means.size).map(({ word, spelt }) => [word, spelt[0]]),
      marks: (word) => roots.has(rooted(plain(word))),
      scores: found,
    };
  };
  // Words that look most like an unknown one.
  const guesses = (word) => nearest(split(word)[0] || "", 3).slice(0, 3).map(([other]) => other);

  return { rank, guesses, sections };
})(globalThis.searchIndex);
