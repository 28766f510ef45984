import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Keep } from '../src/prerender.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'node_modules/.cache/outset-lab-frames');

/** A value from an earlier build if no file that decides it has changed since; made and kept otherwise. */
export const kept: Keep = async (name, from, make) => {
  const hash = createHash('sha256');
  for (const part of [...from, 'package-lock.json']) hashFiles(path.join(root, part), hash);
  const file = path.join(folder, `${name}-${hash.digest('hex').slice(0, 16)}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch {
    // Not made yet.
  }
  const value = await make();
  mkdirSync(folder, { recursive: true });
  const fresh = `${file}-${process.pid}`;
  writeFileSync(fresh, JSON.stringify(value));
  renameSync(fresh, file);
  return value;
};

function hashFiles(place: string, hash: ReturnType<typeof createHash>): void {
  if (statSync(place).isFile()) {
    hash.update(path.relative(root, place)).update(readFileSync(place));
    return;
  }
  for (const name of readdirSync(place).sort()) {
    // Components draw what was computed; tests compute what nobody draws.
    if (!/\.(?:test\.ts|svelte)$/.test(name)) hashFiles(path.join(place, name), hash);
  }
}
