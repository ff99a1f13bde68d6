/**
 * The page's only script: a line that follows the pointer over a chart and reads it out. Charts that can be read carry their places
 * and texts in `data-readout`.
 */
export const script = `
for (const chart of document.querySelectorAll('svg.readable')) {
  const { x, t } = JSON.parse(chart.dataset.readout);
  const cursor = chart.querySelector('.cursor');
  const reading = chart.querySelector('.reading');
  const move = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.getScreenCTM().inverse()).x;
    let low = 0;
    let high = x.length - 1;
    while (low !== high) {
      const middle = (low + high) >> 1;
      if (at > (x[middle] + x[middle + 1]) / 2) low = middle + 1;
      else high = middle;
    }
    cursor.setAttribute('x1', x[low]);
    cursor.setAttribute('x2', x[low]);
    cursor.setAttribute('visibility', 'visible');
    reading.textContent = t[low];
  };
  chart.addEventListener('pointermove', move);
  chart.addEventListener('pointerdown', move);
  chart.addEventListener('pointerleave', () => {
    cursor.setAttribute('visibility', 'hidden');
    reading.textContent = '';
  });
}
`;
