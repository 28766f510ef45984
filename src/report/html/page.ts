import { type Language, languages } from '../../messages/define.ts';
import { reportLabels } from '../../messages/labels/report.ts';
import { type Localized, localized } from '../figures/figure.ts';
import { escaped, localAttribute, say } from './markup.ts';
import { pageScript } from './page-script.ts';

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
const languageNames: Readonly<Record<Language, string>> = { en: 'English', ko: '한국어' };

export interface PageSection {
  readonly id: string;
  readonly heading: Localized;
  readonly body: string;
}

export interface Page {
  readonly title: Localized;
  readonly heading: Localized;
  readonly lead: Localized;
  /** The most important sentence; null without. */
  readonly headline: Localized | null;
  readonly sections: readonly PageSection[];
  readonly style: string;
  readonly outsetVersion: string;
}

/**
 * A report as one HTML file that loads nothing, holds both languages, follows the reader's colour scheme and shows
 * everything without script.
 *
 * @param language  the language that it opens in; the reader can switch
 */
export function htmlPage(page: Page, language: Language): string {
  const data = languages.map((one) => `data-${one}="${escaped(page.title[one])}"`).join(' ');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="outset ${escaped(page.outsetVersion)}">
<link rel="icon" href="data:,">
<title ${data}>${escaped(page.title[language])}</title>
<style>${page.style}</style>
</head>
<body>
${pageHeader(page, language)}
<main id="main">
${page.sections.map(({ id, heading, body }) => `<section id="${id}" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${say(heading)}</h2>${body}</section>`).join('\n')}
</main>
<footer><p>${say(localized(reportLabels.footer, { version: page.outsetVersion }))}</p></footer>
<script>${pageScript}</script>
</body>
</html>
`;
}

function pageHeader({ heading, lead, headline, sections }: Page, language: Language): string {
  const radios = languages.map(
    (one) =>
      `<input type="radio" name="language" id="language-${one}" value="${one}"${one === language ? ' checked' : ''}><label for="language-${one}" lang="${one}">${languageNames[one]}</label>`,
  );
  return (
    `<a class="skip" href="#${sections[0]?.id ?? 'main'}">${say(localized(reportLabels.skip, {}))}</a><header>` +
    `<div class="top"><h1>${say(heading)}</h1>` +
    `<fieldset ${localAttribute('aria-label', localized(reportLabels.languageChoice, {}), language)}>${radios.join('')}</fieldset></div>` +
    `<p>${say(lead)}</p>${headline === null ? '' : `<p class="headline">${say(headline)}</p>`}` +
    `<nav ${localAttribute('aria-label', localized(reportLabels.contents, {}), language)}><ul>${sections
      .map((section) => `<li><a href="#${section.id}">${say(section.heading)}</a></li>`)
      .join('')}</ul></nav></header>`
  );
}
