/* On hosts without redirects: carry the end of the address (#treated=2026-11-20) over to a page that has none of its own.
   Without this script the page's own refresh leads there all the same. */
if (location.hash) {
  addEventListener("DOMContentLoaded", () => {
    const link = document.querySelector("a[href]");
    if (link && !link.hash) location.replace(link.href + location.hash);
  });
}
