import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { OutsetError } from '../../messages/index.ts';
import { contentPolicy } from './content-policy.ts';
import { findSiteFile } from './site-files.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
};

/** A running server. */
export interface SiteServer {
  /** Address to open in a browser, e.g. `http://127.0.0.1:8017/`. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves the lab. Pages are cross-origin isolated, so that threads share memory, and may load nothing from elsewhere.
 * @param pages folder of the built pages
 * @param port  0 for any free one
 * @throws lab.port_taken, lab.cannot_listen
 */
export async function serveSite(pages: string, host: string, port: number): Promise<SiteServer> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    answer(pages, request.url ?? '/', response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await listen(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  const shown = host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? 'localhost' : host;
  return {
    address: `http://${shown}:${taken}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code ?? error.message;
      reject(
        reason === 'EADDRINUSE'
          ? new OutsetError('lab.port_taken', { host, port })
          : new OutsetError('lab.cannot_listen', { host, port, reason }),
      );
    });
    server.listen(port, host, resolve);
  });
}

async function answer(pages: string, url: string, response: ServerResponse): Promise<void> {
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Content-Security-Policy', `${contentPolicy}; frame-ancestors 'none'`);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  const address = pathOf(url);
  const file = address === undefined ? undefined : await findSiteFile(pages, address);
  if (address === undefined || file === undefined) {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('404');
    return;
  }
  let content: Uint8Array;
  try {
    content = await file();
  } catch (error) {
    // Data that is not installed is absent, and says so in the page.
    if (!(error instanceof OutsetError)) throw error;
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('404');
    return;
  }
  const name = address.endsWith('/') ? 'index.html' : address;
  const fixed = address.startsWith('/assets/');
  response.writeHead(200, {
    'Content-Type': types[path.extname(name)] ?? 'application/octet-stream',
    'Content-Length': content.length,
    'Cache-Control': fixed ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  response.end(response.req.method === 'HEAD' ? undefined : content);
}

/** The decoded path of a URL; undefined for one that is not well formed. */
function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
}
