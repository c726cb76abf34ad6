// Every piece of text whose contrast with the nearest painted background is below 4.5.
() => {
  const rgb = (text) => (text.match(/[\d.]+/g) || []).map(Number);
  const part = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * part(r / 255) + 0.7152 * part(g / 255) + 0.0722 * part(b / 255);
  const back = (element) => {
    for (let el = element; el; el = el.parentElement) {
      const colour = rgb(getComputedStyle(el).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const low = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || element.closest('[style*="display:none"]')) continue;
    const [high, less] = [light(rgb(getComputedStyle(element).color)), light(back(element))].sort((a, b) => b - a);
    if ((high + 0.05) / (less + 0.05) < 4.5) low.push(text.slice(0, 40));
  }
  return low;
}
