import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SiteServer, serveSite } from '../../src/cli/lab/site-server.ts';
import { openDataset } from '../../src/data/node/index.ts';
import { unpackImages } from '../../src/data/packed-images.ts';

let folder: string;
let site: SiteServer;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'outset-site-'));
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
  const pages = path.join(folder, 'pages');
  mkdirSync(path.join(pages, 'en'), { recursive: true });
  mkdirSync(path.join(pages, 'assets'));
  writeFileSync(path.join(pages, 'en/index.html'), '<!doctype html>');
  writeFileSync(path.join(pages, 'assets/a.js'), '1');
  site = await serveSite(pages, '127.0.0.1', 0);
});

afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A request whose path is sent as it is: `fetch` would tidy it up first. */
function raw(target: string, method = 'GET'): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(site.address);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: target, method }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });
}

describe('the server of the lab', () => {
  test('isolates pages, forbids other hosts, and names types', async () => {
    const { headers } = await fetch(`${site.address}en/`);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
    expect(headers.get('content-security-policy')).not.toMatch(/http|\*/);
    const script = await fetch(`${site.address}assets/a.js`);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const engine = await fetch(`${site.address}engine/ort-wasm-simd-threaded.wasm`, { method: 'HEAD' });
    expect([engine.status, engine.headers.get('content-type')]).toEqual([200, 'application/wasm']);
  });

  test.each([
    '/../secret.txt',
    '/en/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/en/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '//secret.txt',
    '/engine/../../package.json',
    '/engine/package.json',
    '/data/../en/index.html%00',
    '/%',
    '/nothing',
    '/data/__proto__',
  ])('%s leads nowhere', async (target) => {
    const { status, body } = await raw(target);
    expect([400, 404]).toContain(status);
    expect(body).not.toContain('secret');
  });

  test('only reads', async () => {
    expect((await raw('/en/', 'POST')).status).toBe(405);
  });

  test('a port in use is said to be in use', async () => {
    const port = Number(new URL(site.address).port);
    await expect(serveSite(folder, '127.0.0.1', port)).rejects.toMatchObject({
      code: 'lab.port_taken',
      details: { host: '127.0.0.1', port },
    });
  });

  test('MNIST comes packed, the same digits as the command line trains on', async () => {
    const response = await fetch(`${site.address}data/mnist-10000.bin.gz`);
    const packed = unpackImages(gunzipSync(await response.bytes()), 'mnist');
    const { train, test, digest } = await openDataset('mnist(train=10000, test=2000)');
    expect([packed.train.count, packed.test.count]).toEqual([train.count, test.count]);
    expect(packed.digest).toBe(digest);
  }, 30_000);
});
