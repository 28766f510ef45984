import { type Language, languages } from '../../messages/define.ts';
import type { FigureTable, Localized, TableCell } from '../figures/figure.ts';
import { absent, formatNumber } from '../figures/number-format.ts';

/** A text made safe for HTML, in content and in quoted attributes. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A text in all languages, of which the style sheet shows one. A text equal in all is written once. */
export function say(text: Localized): string {
  if (languages.every((language) => text[language] === text[languages[0]]))
    return escaped(text[languages[0]]);
  return languages
    .map((one) => `<span class="lang-${one}" lang="${one}">${escaped(text[one])}</span>`)
    .join('');
}

/** A paragraph per text. */
export function paragraphs(texts: readonly Localized[], attributes = ''): string {
  return texts.map((text) => `<p${attributes === '' ? '' : ` ${attributes}`}>${say(text)}</p>`).join('');
}

/** An attribute whose text the script changes with the language, e.g. `aria-label`. */
export function localAttribute(name: string, text: Localized, language: Language): string {
  const data = languages.map((one) => `data-${one}="${escaped(text[one])}"`).join(' ');
  return `${name}="${escaped(text[language])}" data-attribute="${name}" ${data}`;
}

/** A figure's numbers as a table; the first column names the rows. */
export function dataTable(table: FigureTable): string {
  const head = table.columns.map((column) => `<th scope="col">${say(column)}</th>`).join('');
  const rows = table.rows.map((cells) => {
    const [first, ...rest] = cells.map(cellText);
    return `<tr><th scope="row">${first}</th>${rest.map((text) => `<td>${text}</td>`).join('')}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function cellText(cell: TableCell): string {
  if (cell === null) return absent;
  return typeof cell === 'number' ? formatNumber(cell) : say(cell);
}
