import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium as playwright } from 'playwright-core';

/** Where distributions install Chromium or Chrome. */
const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Flags that keep a test browser to itself, and let WebGPU run in software where there is no GPU. */
const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
];

/**
 * The browser of the tests: OUTSET_CHROMIUM if set, an installed one, or the one in the npm package
 * `@sparticuz/chromium` (Linux x64), which `npm ci` brought.
 */
export async function launchBrowser(): Promise<Browser> {
  return playwright.launch({ executablePath: await chromiumPath(), args: flags });
}

async function chromiumPath(): Promise<string> {
  const wanted = process.env.OUTSET_CHROMIUM;
  if (wanted !== undefined) {
    if (!existsSync(wanted)) throw new Error(`OUTSET_CHROMIUM names ${wanted}, which does not exist.`);
    return wanted;
  }
  const installed = usual.find((path) => existsSync(path));
  if (installed !== undefined) return installed;
  const { default: bundled } = await import('@sparticuz/chromium');
  const path = await bundled.executablePath();
  try {
    execFileSync(path, ['--version'], { stdio: 'pipe' });
  } catch (error) {
    throw new Error(
      `No browser for the tests. Install Chromium (Debian and Ubuntu: apt-get install chromium) or set OUTSET_CHROMIUM to one. The one from npm cannot start here: ${(error as Error).message}`,
    );
  }
  return path;
}
