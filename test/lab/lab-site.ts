/** The lab as it is served, built once for all test files that need it. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { buildLab } from '../../lab/build/build-lab.ts';
import { type SiteServer, serveSite } from '../../src/cli/lab/site-server.ts';
import { launchBrowser } from '../browser/chromium.ts';

const root = path.resolve(import.meta.dirname, '../..');
const built = path.join(root, 'node_modules/.cache/outset-lab');

/**
 * Serves the lab on a free port for the tests of a file, and closes the browser with it; builds the pages first unless
 * nothing has changed since the last build.
 */
export function siteFor(browser: Browser | null): { readonly address: string } {
  let site: SiteServer;
  beforeAll(async () => {
    site = await serveSite(await builtPages(), '127.0.0.1', 0);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  return {
    get address() {
      return site.address;
    },
  };
}

/** Folder of the built pages. Test files that come at the same time build it twice rather than wait. */
export async function builtPages(): Promise<string> {
  const folder = path.join(built, sourceHash());
  if (existsSync(path.join(folder, 'done'))) return folder;
  const fresh = `${folder}-${process.pid}`;
  await buildLab(fresh);
  writeFileSync(path.join(fresh, 'done'), '');
  try {
    for (const old of readdirSync(built)) {
      if (!fresh.endsWith(old) && !old.includes('-'))
        rmSync(path.join(built, old), { recursive: true, force: true });
    }
    renameSync(fresh, folder);
    return folder;
  } catch {
    return existsSync(path.join(folder, 'done')) ? folder : fresh;
  }
}

/** A browser, or null and a loud word where there is none: the tests are skipped then, and say so. */
export async function openBrowser(): Promise<Browser | null> {
  try {
    return await launchBrowser();
  } catch (error) {
    console.warn(`\nSKIPPED: the lab is not tested in a browser. ${(error as Error).message}\n`);
    return null;
  }
}

/** A new page, and the errors that its scripts throw or that stand in its console. */
export async function watchedPage(browser: Browser): Promise<{ page: Page; problems: string[] }> {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return { page, problems };
}

/** Changes with the content of every source file of the lab and of the library. */
function sourceHash(): string {
  mkdirSync(built, { recursive: true });
  const hash = createHash('sha256');
  for (const folder of ['lab', 'src']) {
    for (const name of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      const file = path.join(root, folder, name);
      if (!statSync(file).isFile()) continue;
      hash.update(name).update(readFileSync(file));
    }
  }
  hash.update(readFileSync(path.join(root, 'package-lock.json')));
  return hash.digest('hex').slice(0, 16);
}
