// Conveniences. Every page is whole without them.
'use strict';

// A sentence of the list and its arrow light up together.
for (const figure of document.querySelectorAll('.lineage-figure')) {
  const arrows = new Map([...figure.querySelectorAll('[data-arrow]')].map((e) => [e.dataset.arrow, e]));
  for (const item of document.querySelectorAll('[data-arrow-of]')) {
    const arrow = arrows.get(item.dataset.arrowOf);
    if (!arrow) continue;
    const light = (on) => () => {
      arrow.classList.toggle('lit', on);
      item.classList.toggle('lit', on);
    };
    for (const element of [item, arrow]) {
      element.addEventListener('pointerenter', light(true));
      element.addEventListener('pointerleave', light(false));
    }
  }
}

// Ctrl+Enter runs a query.
for (const area of document.querySelectorAll('textarea[name=query]')) {
  area.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) area.form.requestSubmit();
  });
}

// The picture starts where the document in question stands.
for (const box of document.querySelectorAll('.lineage-figure .scroll')) {
  const focus = box.querySelector('.node.focus');
  if (!focus || box.scrollWidth <= box.clientWidth) continue;
  const { left, width } = focus.getBoundingClientRect();
  box.scrollLeft += left + width / 2 - box.getBoundingClientRect().left - box.clientWidth / 2;
}
