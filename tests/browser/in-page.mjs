// Functions that run inside the page. Each returns what it found wrong, as sentences; none may use anything from outside itself.

/** What a page may not lack, whatever it shows. */
export function bones() {
  const faults = [];
  const h1 = document.querySelectorAll('h1');
  if (h1.length !== 1) faults.push(`${h1.length} h1 elements instead of one`);
  else if (!h1[0].textContent.trim()) faults.push('the h1 is empty');
  if (!document.title.trim()) faults.push('no title');
  if (!document.documentElement.lang) faults.push('no lang on html');
  for (const id of new Set([...document.querySelectorAll('[id]')].map((e) => e.id))) {
    if (document.querySelectorAll(`[id="${CSS.escape(id)}"]`).length > 1) faults.push(`the id ${id} is given twice`);
  }
  for (const a of document.querySelectorAll('a[href^="#"]')) {
    const id = decodeURIComponent(a.getAttribute('href').slice(1));
    if (id && !document.getElementById(id)) faults.push(`a link to #${id}, which is not there`);
  }
  return faults;
}

/** Things that stick out at the right of the window. */
export function overflow() {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = (e) => e && e !== document.body && e !== root && (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
  const wide = [...document.body.querySelectorAll('*')].filter(
    (e) => e.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(e.parentElement),
  );
  const names = wide.slice(-3).map((e) => `<${e.localName}${e.className && ` class="${e.getAttribute('class')}"`}> ${e.textContent.trim().slice(0, 30)}`);
  return [`${root.scrollWidth} px wide in a window of ${root.clientWidth}: ${names.join(' · ')}`];
}

/** Text too faint to read: below 4.5 to 1, or 3 to 1 where it is large (WCAG 2, 1.4.3). */
export function faintText() {
  // The canvas turns any colour CSS can write into red, green, blue, alpha.
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgba = (css) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = css;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((c, i) => c * a + below[i] * (1 - a)).concat(1);
  const luminance = (colour) => {
    const [r, g, b] = colour.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };

  // What the browser paints where nothing is painted; it follows color-scheme.
  const probe = document.createElement('i');
  probe.style.background = 'Canvas';
  document.documentElement.append(probe);
  const canvas = rgba(getComputedStyle(probe).backgroundColor);
  probe.remove();

  // The layers below an element, top first. null where a picture lies among them: then nothing can be said.
  const layersOfHtml = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (style.backgroundImage !== 'none') return null;
      layers.push(rgba(style.backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers;
  };
  // In a drawing what lies below is what is painted there, not the parent.
  const layersOfDrawing = (element) => {
    const svg = element.closest('svg');
    const box = element.getBoundingClientRect();
    const below = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const layers = [];
    for (const e of below.filter((e) => e !== svg && svg.contains(e) && !e.closest('text'))) {
      const { fill, fillOpacity } = getComputedStyle(e);
      if (fill === 'none') continue;
      if (fill.startsWith('url')) return null;
      const [r, g, b, a] = rgba(fill);
      layers.push([r, g, b, a * fillOpacity]);
    }
    const outside = layersOfHtml(svg);
    return outside && layers.concat(outside);
  };

  const faults = new Map();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.data.trim();
    const element = texts.currentNode.parentElement;
    if (!text || element.closest('script, style, noscript, [disabled]')) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const drawn = element.closest('svg') && !element.closest('foreignObject');
    if (drawn) element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const layers = drawn ? layersOfDrawing(element) : layersOfHtml(element);
    if (!layers) continue;
    const background = layers.reverse().reduce((below, layer) => over(layer, below), canvas);
    const style = getComputedStyle(element);
    const colour = rgba(drawn ? style.fill : style.color);
    for (let e = element; e; e = e.parentElement) colour[3] *= getComputedStyle(e).opacity;
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const ratio = contrast(over(colour, background), background);
    if (ratio < (large ? 3 : 4.5)) {
      const where = `${element.localName}${element.classList.length ? `.${[...element.classList].join('.')}` : ''}`;
      if (!faults.has(where)) faults.set(where, `contrast ${ratio.toFixed(2)} of <${where}>: ${text.slice(0, 30)}`);
    }
  }
  window.scrollTo({ top: 0, left: 0, behavior: 'instant' });
  return [...faults.values()];
}

/** The other addresses on this server that a page links to, without their #parts. */
export function links() {
  const found = [...document.querySelectorAll('a[href], link[href]')].map((e) => new URL(e.href.baseVal ?? e.href, document.baseURI));
  for (const url of found) url.hash = '';
  const here = location.href.replace(/#.*/, '');
  return [...new Set(found.filter((url) => url.origin === location.origin && url.href !== here).map(String))];
}

/** The words a reader sees. */
export function words() {
  return (document.querySelector('main') ?? document.body).innerText.replace(/\s+/g, '');
}
