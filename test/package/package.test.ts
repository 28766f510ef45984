import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, transformSync } from 'esbuild';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const exampleOf = (readme: string) =>
  /```ts\n([\s\S]*?)```/.exec(readFileSync(path.join(root, readme), 'utf8'))?.[1] ?? '';

describe('the built package', () => {
  test("README's example runs as it stands (with one epoch) and learns", () => {
    const example = exampleOf('README.md');
    expect(example).toContain("from 'outset'");
    expect(exampleOf('README.ko.md')).toBe(example);
    const { code } = transformSync(example.replace('epochs: 3', 'epochs: 1'), { loader: 'ts' });
    // In the repository, so that `outset` is this package.
    mkdirSync(path.join(root, 'runs'), { recursive: true });
    const folder = mkdtempSync(path.join(root, 'runs/readme-'));
    try {
      const file = path.join(folder, 'example.mjs');
      writeFileSync(file, code);
      const lines = execFileSync(process.execPath, [file], { encoding: 'utf8' }).trim().split('\n');
      expect(Number(lines.at(-1))).toBeGreaterThan(0.93);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);

  test('every entry of the export map can be imported', () => {
    const { exports } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      exports: Record<string, unknown>;
    };
    const entries = Object.keys(exports)
      .filter((name) => name !== './package.json')
      .map((name) => `outset${name.slice(1)}`);
    const code = `for (const name of ${JSON.stringify(entries)}) { const module = await import(name); if (name !== 'outset/runtime' && Object.keys(module).length === 0) throw new Error(name); }`;
    execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: root });
  });

  test('initializers need neither an engine nor a kernel, and are small', async () => {
    const { metafile, outputFiles } = await build({
      entryPoints: [path.join(root, 'dist/initializers/index.js')],
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
      metafile: true,
    });
    const rooms = new Set(
      Object.keys(metafile.inputs).map((name) => /dist\/([^/]+)\//.exec(name)?.[1] ?? name),
    );
    expect([...rooms].sort()).toEqual(['initializers', 'messages', 'random', 'tensor']);
    const bytes = Object.entries(Object.values(metafile.outputs)[0].inputs);
    // The sentences of every room in two languages come with the error class; all else is the initializers' own.
    const own = bytes.filter(([name]) => !name.includes('dist/messages/'));
    expect(own.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0)).toBeLessThan(100_000);
    expect(gzipSync(outputFiles[0].contents).length).toBeLessThan(90_000);
  });
});
