/* Keeps the pages that are opened, so that they open without a network (sw.js), and says in one line when a page comes
   from the device. Nothing is sent. Without this script, or from disk, the pages work as they are. */
(() => {
  "use strict";
  const manifest = document.querySelector("link[rel=manifest]");
  const line = document.querySelector(".offline-line");
  if (!manifest || !line || !location.protocol.startsWith("http")) return;

  const root = new URL(".", manifest.href);
  const state = document.documentElement.dataset.saved; // written by sw.js: "copy", "none", or nothing
  const article = document.querySelector("article[data-checked]");
  const spoken = (date) => new Date(`${date}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const checked = article ? ` Its text was checked on ${spoken(article.dataset.checked)}.` : "";

  /* ---- the line at the top ---- */
  const say = (...parts) => line.replaceChildren(...parts);
  const again = () => Object.assign(document.createElement("a"), { href: location.href, textContent: "Load the newest text" });
  const offline = () => {
    if (state === "none") say("You are offline. The page you wanted is not saved on this device.");
    else if (state === "copy") say(`You are offline. This is the copy saved on your device.${checked}`);
    else say(`You are offline. You can go on reading this page.${checked}`);
  };
  if (state) offline();
  addEventListener("offline", offline);
  addEventListener("online", () => (state ? say("You are online again. ", again(), ".") : say()));
  line.addEventListener("click", (event) => {
    if (!event.target.closest("a")) return;
    event.preventDefault();
    location.reload();
  });

  /* ---- the list of saved pages on the page for no network ---- */
  const list = document.querySelector(".saved-pages");
  const isSaved = (names, link) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.match(link.href, { ignoreSearch: true })))).then((found) => found.some(Boolean));
  const showSaved = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("microneedling-plainly-"));
    let shown = 0;
    for (const link of list.querySelectorAll("a")) {
      const saved = await isSaved(names, link);
      link.closest("li").hidden = !saved;
      shown += saved ? 1 : 0;
    }
    list.dataset.shown = shown;
  };
  if (list && "caches" in window) showSaved().catch(() => {});

  /* ---- keeping ---- */
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  const start = async () => {
    await navigator.serviceWorker.register(new URL("sw.js", root), { scope: root.pathname, updateViaCache: "none" });
    if (state) return; // there is no network
    const { active } = await navigator.serviceWorker.ready;
    const parts = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.startsWith(root.href));
    active.postMessage({ keep: [location.href, ...parts], core: !navigator.connection?.saveData });
  };
  const later = () => start().catch(() => {});
  if (document.readyState === "complete") later();
  else addEventListener("load", later);
})();
