import { contentPolicy } from '../../src/cli/lab/content-policy.ts';
import { languages } from '../../src/messages/define.ts';
import type { Prerendered } from '../src/prerender.ts';

/** What a page's script needs before it can run, relative to the root of the site. */
export interface PageAssets {
  readonly script: string;
  /** Scripts that the first one imports. */
  readonly imports: readonly string[];
  readonly styles: readonly string[];
}

/** Where a page lies under the root: `en/`, `ko/zero/`. */
export function pageFolder(language: string, chapter: string): string {
  return chapter === 'home' ? `${language}/` : `${language}/${chapter}/`;
}

/** A whole page. Everything in it is relative, so that any host and any folder can serve it. */
export function pageHtml(page: Prerendered, assets: PageAssets): string {
  const folder = pageFolder(page.language, page.chapter);
  const root = '../'.repeat(folder.split('/').length - 1);
  const others = languages
    .map(
      (other) =>
        `<link rel="alternate" hreflang="${other}" href="${root}${pageFolder(other, page.chapter)}">`,
    )
    .join('');
  const styles = ['colors.css', ...assets.styles]
    .map((file) => `<link rel="stylesheet" href="${root}${file}">`)
    .join('');
  const imports = assets.imports.map((file) => `<link rel="modulepreload" href="${root}${file}">`).join('');
  const first = JSON.stringify(page.first).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="${page.language}" data-root="${root}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<meta name="description" content="${escapeHtml(page.description)}">
<link rel="icon" href="${root}icon.svg" type="image/svg+xml">
<script src="${root}theme.js"></script>
${styles}${imports}${others}
${page.head}
</head>
<body>
<div id="page">${page.body}</div>
<script type="application/json" id="first-frame">${first}</script>
<script type="module" src="${root}${assets.script}"></script>
</body>
</html>
`;
}

/** The root of the site: the reader's language by the browser's wish, links for everyone. */
export function rootHtml(title: string, names: Readonly<Record<string, string>>): string {
  const links = languages.map((one) => `<p><a href="${one}/" lang="${one}">${names[one]}</a></p>`).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="colors.css">
<script src="language.js"></script>
</head>
<body><main><h1>${escapeHtml(title)}</h1>${links}</main></body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
