import { parseHTML } from 'linkedom';
import type { Language } from '../../messages/define.ts';
import type { Localized } from '../figures/figure.ts';

export { cutToPixels, pixelWidth } from './text-pixels.ts';

/** Namespace that every created element of a figure needs. */
const svgNamespace = 'http://www.w3.org/2000/svg';

/** A document outside any browser, for Observable Plot to draw in. */
export function drawingDocument(): Document {
  return parseHTML('<!doctype html><html><body></body></html>').document as unknown as Document;
}

/** An element of an SVG with attributes and text; texts are escaped when the tree is written out. */
export function svgElement(
  drawing: Document,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  text?: string,
): SVGElement {
  const element = drawing.createElementNS(svgNamespace, name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, typeof value === 'number' ? String(Number(value.toFixed(2))) : value);
  }
  if (text !== undefined) element.textContent = text;
  return element;
}

/** A text in each of the given languages; the page's style sheet shows one of them. */
export function appendTexts(
  parent: Element,
  text: Localized,
  languages: readonly Language[],
  attributes: Readonly<Record<string, string | number>>,
): void {
  for (const language of languages) {
    const shown: Record<string, string> = languages.length === 1 ? {} : { class: `lang-${language}` };
    parent.append(
      svgElement(parent.ownerDocument, 'text', { ...attributes, ...shown, lang: language }, text[language]),
    );
  }
}

/** Makes a drawing one picture for screen readers, with name and description. */
export function describe(
  svg: Element,
  figure: { id: string; title: Localized; summary: Localized },
  languages: readonly Language[],
  suffix: string,
): void {
  const id = `${figure.id}-${suffix}`;
  const data = (text: Localized): Record<string, string> =>
    languages.length === 1 ? {} : Object.fromEntries(languages.map((one) => [`data-${one}`, text[one]]));
  const drawing = svg.ownerDocument;
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-labelledby', `${id}-title ${id}-desc`);
  svg.prepend(
    svgElement(drawing, 'title', { id: `${id}-title`, ...data(figure.title) }, figure.title[languages[0]]),
    svgElement(drawing, 'desc', { id: `${id}-desc`, ...data(figure.summary) }, figure.summary[languages[0]]),
  );
}
