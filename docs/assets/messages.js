/* Messages for clinics: buttons that copy a message's file. Without this script the same files are links.
   Only on pages with `data-copy-from`. */
(() => {
  "use strict";
  const folder = document.querySelector(".message-files a")?.href.replace(/[^/]*\/[^/]*$/, "");
  if (!folder || !navigator.clipboard || !location.protocol.startsWith("http")) return;

  const textOf = async (path) => {
    const answer = await fetch(new URL(path, folder));
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.text();
  };
  const copy = async (path) => {
    if (!window.ClipboardItem) return navigator.clipboard.writeText(await textOf(path));
    // Some browsers write only while the tap lasts: they take the promise of a text.
    const text = textOf(path).then((words) => new Blob([words], { type: "text/plain" }));
    return navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
  };
  for (const button of document.querySelectorAll("[data-copy-from]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const status = button.parentElement.querySelector(".message-status");
      status.textContent = "";
      try {
        await copy(button.dataset.copyFrom);
        status.textContent = `Copied: ${button.textContent.replace(/^Copy /, "")}.`;
      } catch {
        status.textContent = "It could not be copied. Open the file below instead.";
      }
    });
  }
})();
