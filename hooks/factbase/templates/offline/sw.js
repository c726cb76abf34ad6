/* Keeps pages of this site on the device, so that they open without a network. Pages come from the network whenever
   there is one: a medical text must not be old. Nothing but files of this site is kept; nothing is sent. */
"use strict";

// Made by the build: file → hash of its content. The name of the cache changes with any of them.
const CACHE = "{{ prefix }}{{ version }}";
const FILES = {{ files }};
// What the page for no network needs; it is kept at once.
const FIRST = {{ first }};
// The pages that a frightened person needs; kept later, and not where the reader saves data.
const CORE = {{ core }};
const OFFLINE = "{{ offline }}";

// Not from the browser's own cache, which may hold a page for long where a server does not say how long.
const ASKED_ANEW = { cache: "no-cache" };
const scope = new URL(registration.scope);
const NAMED_BY_HASH = /\.[0-9a-f]{8,}\./;

/* The path of a file of this build inside the site, or null for all else. */
const pathOf = (address) => {
  const { origin, pathname } = new URL(address);
  if (origin !== scope.origin || !pathname.startsWith(scope.pathname)) return null;
  const path = pathname.slice(scope.pathname.length).replace(/(^|\/)index\.html$/, "$1");
  return Object.hasOwn(FILES, path) ? path : null;
};

/* A file stands in the cache under its path and the hash of its content. */
const keyOf = (path, hash) => new URL(`${path}?${hash}`, scope).href;
const hashOf = async (body) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", body))].slice(0, 8).map((byte) => byte.toString(16).padStart(2, "0")).join("");
const saved = async (path) => (await caches.open(CACHE)).match(new URL(path, scope), { ignoreSearch: true });

/* Only whole and good answers of this site's own server are kept. */
const fit = (answer) => answer.status === 200 && answer.type === "basic" && !answer.redirected;

const keep = async (path, answer) => {
  if (!fit(answer)) return;
  const cache = await caches.open(CACHE);
  const key = keyOf(path, await hashOf(await answer.clone().arrayBuffer()));
  for (const old of await cache.keys(new URL(path, scope), { ignoreSearch: true })) if (old.url !== key) await cache.delete(old);
  await cache.put(key, answer);
};

/* Fetch and keep files that are not kept yet. Returns once all are there; rejects where one could not be had. */
const fetchAll = (paths) => Promise.all(paths.map(async (path) => {
  if (await saved(path)) return;
  const answer = await fetch(new URL(path, scope), ASKED_ANEW);
  if (!fit(answer)) throw new TypeError(path);
  await keep(path, answer);
}));

/* What an older build kept: taken over where it is still the same, and fetched again where it has changed. */
const renew = async () => {
  const changed = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith("{{ prefix }}") || name === CACHE) continue;
    const old = await caches.open(name);
    for (const key of await old.keys()) {
      const path = pathOf(key.url);
      if (path === null) continue;
      if (new URL(key.url).search === `?${FILES[path]}`) await keep(path, await old.match(key));
      else changed.push(path);
    }
  }
  await Promise.allSettled(changed.map((path) => fetchAll([path])));
};

addEventListener("install", (event) => {
  event.waitUntil(renew().then(() => fetchAll(FIRST)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const others = async () => (await caches.keys()).filter((name) => name.startsWith("{{ prefix }}") && name !== CACHE);
  event.waitUntil(others().then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => clients.claim()));
});

/* A page asks to keep itself, with what it needs, and the core pages. */
addEventListener("message", (event) => {
  const { keep: addresses = [], core = false } = event.data ?? {};
  const paths = [...addresses.map(pathOf).filter((path) => path !== null), ...(core ? CORE : [])];
  const done = Promise.allSettled(paths.map((path) => fetchAll([path])));
  event.waitUntil(done.then(() => event.source?.postMessage({ kept: true })));
});

/* A kept page says so to the script that tells the reader; the words stand in assets/saved.js. */
const marked = async (answer, state, root = "") => {
  const text = (await answer.text()).replace(/<html\b/, `<html data-saved="${state}"`);
  const headers = new Headers(answer.headers);
  headers.delete("content-length");
  headers.delete("content-encoding");
  // The page for no network stands in for pages of any depth: its links start at the root of the site.
  const moved = (attribute) => attribute.replace(/(=["']?|\s)\.\.\/?/g, `$1${root}`);
  const attributes = /\b(?:href|src|data-(?:base|style|scripts))=(?:"[^"]*"|'[^']*'|[^\s>]+)/g;
  return new Response(root ? text.replace(attributes, moved) : text, { headers });
};

const page = async (event, path) => {
  try {
    const answer = await fetch(event.request, ASKED_ANEW);
    if (path !== null && fit(answer)) event.waitUntil(keep(path, answer.clone()));
    return answer;
  } catch (error) {
    const own = path === null ? null : await saved(path);
    if (own) return own.headers.get("content-type")?.startsWith("text/html") ? marked(own, "copy") : own;
    const instead = await saved(OFFLINE);
    if (!instead) throw error;
    return marked(instead, "none", scope.pathname);
  }
};

const file = async (event, path) => {
  const own = NAMED_BY_HASH.test(path) ? await saved(path) : null;
  if (own) return own;
  try {
    const answer = await fetch(event.request, ASKED_ANEW);
    if (fit(answer)) event.waitUntil(keep(path, answer.clone()));
    return answer;
  } catch (error) {
    const old = await saved(path);
    if (old) return old;
    throw error;
  }
};

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("range") || new URL(request.url).origin !== scope.origin) return;
  const path = pathOf(request.url);
  if (request.mode === "navigate") event.respondWith(page(event, path));
  else if (path !== null) event.respondWith(file(event, path));
});
