import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/**
 * Serves generated files and folders on a loopback port, with the headers that make a page cross-origin isolated, so
 * that WebAssembly threads work.
 * @param pages content by address, e.g. `/index.html`
 * @param folders folder on disk by address prefix, e.g. `/engine/`
 */
export async function serve(
  pages: Readonly<Record<string, string | Uint8Array>>,
  folders: Readonly<Record<string, string>>,
): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://localhost').pathname;
    const content = pages[address] ?? fromFolders(folders, address);
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    if (content === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', types[path.extname(address)] ?? 'application/octet-stream');
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function fromFolders(folders: Readonly<Record<string, string>>, address: string): Uint8Array | undefined {
  for (const [prefix, folder] of Object.entries(folders)) {
    if (!address.startsWith(prefix)) continue;
    try {
      return readFileSync(path.join(folder, path.basename(address)));
    } catch {
      return undefined;
    }
  }
  return undefined;
}
