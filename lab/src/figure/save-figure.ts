/** A figure as a file: SVG and PNG that look the same outside the page, and its numbers as JSON. */
import markStyle from '../marks/marks.css?raw';

const namespace = 'http://www.w3.org/2000/svg';

export function saveSvg(svg: SVGSVGElement, name: string): void {
  save(new Blob([standaloneSvg(svg)], { type: 'image/svg+xml' }), `${name}.svg`);
}

export function saveJson(value: unknown, name: string): void {
  save(new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: 'application/json' }), `${name}.json`);
}

/** Twice the size on the screen, so that it stays sharp in a document. */
export async function savePng(svg: SVGSVGElement, name: string): Promise<void> {
  const { width, height } = svg.viewBox.baseVal;
  const url = URL.createObjectURL(new Blob([standaloneSvg(svg)], { type: 'image/svg+xml' }));
  try {
    const image = new Image(2 * width, 2 * height);
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = 2 * width;
    canvas.height = 2 * height;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob !== null) save(blob, `${name}.png`);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The picture with the colours that the page shows now, and a background. */
function standaloneSvg(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute('xmlns', namespace);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const style = document.createElementNS(namespace, 'style');
  const font = getComputedStyle(document.body).fontFamily;
  style.textContent = `svg{${colors(svg)}font-family:${font};background:var(--paper)}\n${markStyle}`;
  const paper = document.createElementNS(namespace, 'rect');
  paper.setAttribute('width', String(width));
  paper.setAttribute('height', String(height));
  paper.setAttribute('fill', 'var(--paper)');
  copy.prepend(style, paper);
  return new XMLSerializer().serializeToString(copy);
}

/** The custom properties that the marks use, with their values of the moment. */
function colors(element: Element): string {
  const computed = getComputedStyle(element);
  const names = new Set(
    [...markStyle.matchAll(/var\((--[\w-]+)/g), ...element.outerHTML.matchAll(/var\((--[\w-]+)/g)].map(
      ([, name]) => name,
    ),
  );
  return [...names, '--paper'].map((name) => `${name}:${computed.getPropertyValue(name)};`).join('');
}

/** Hands a file to the reader. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
