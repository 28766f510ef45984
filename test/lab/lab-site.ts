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
import type { Browser } from 'playwright-core';
import { buildLab } from '../../lab/build/build-lab.ts';
import { type SiteServer, serveSite } from '../../src/cli/lab/site-server.ts';
import { launchBrowser } from '../browser/chromium.ts';

const root = path.resolve(import.meta.dirname, '../..');
const built = path.join(root, 'node_modules/.cache/outset-lab');

/** Serves the lab on a free port; builds it first unless nothing has changed since the last build. */
export async function openSite(): Promise<SiteServer> {
  return serveSite(await builtPages(), '127.0.0.1', 0);
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
