import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

/** The rooms, from the foundation up: a room imports itself and what stands before it. */
const rooms = [
  'messages',
  'tensor',
  'random',
  'initializers',
  'onnx',
  'autodiff',
  'runtime',
  'network',
  'theory',
  'training',
  'boltzmann',
  'starts',
  'race',
  'formats',
  'data',
  'models',
  'doctor',
  'report',
  'cli',
];

/** Pairs that stand side by side although the list has to put one first. */
const strangers: Readonly<Record<string, readonly string[]>> = {
  data: ['race', 'training', 'boltzmann', 'starts', 'network', 'runtime', 'autodiff', 'onnx', 'initializers'],
  formats: [
    'race',
    'training',
    'boltzmann',
    'starts',
    'network',
    'runtime',
    'autodiff',
    'onnx',
    'initializers',
    'data',
  ],
  report: ['boltzmann', 'runtime', 'autodiff', 'onnx', 'data', 'formats', 'models'],
  models: ['race', 'training', 'boltzmann', 'network', 'runtime', 'autodiff', 'data'],
};

/** Rooms that run in Node and the browser alike, and the files in other rooms that may touch Node. */
const portable = rooms
  .slice(0, rooms.indexOf('runtime'))
  .concat('network', 'theory', 'training', 'boltzmann', 'starts', 'race', 'doctor', 'report');
const nodeFiles = /^src\/(?:cli\/|data\/node\/|formats\/node\/|models\/node\/|doctor\/node\/|runtime\/node)/;

const root = path.resolve(import.meta.dirname, '..');
const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name.replaceAll(path.sep, '/')}`)
  .filter((name) => name.endsWith('.ts') && statSync(path.join(root, name)).isFile());

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [
    ...text.matchAll(
      /(?:^|[\s;])(?:import|export)\s[^'"]*?from\s*'([^']+)'|import\(\s*'([^']+)'\s*\)|^import\s*'([^']+)'/gm,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3]);
}

function resolveImport(file: string, specifier: string): string {
  return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
}

describe('architecture', () => {
  test('every folder of src is a known room', () => {
    const folders = new Set(
      files.filter((file) => file.split('/').length > 2).map((file) => file.split('/')[1]),
    );
    expect([...folders].filter((folder) => !rooms.includes(folder))).toEqual([]);
  });

  test('imports point to the same room or one before it', () => {
    const upward: string[] = [];
    for (const file of files) {
      if (file.endsWith('.test.ts') || file === 'src/index.ts') continue;
      const room = file.split('/')[1];
      for (const specifier of importsOf(file).filter((name) => name.startsWith('.'))) {
        const target = resolveImport(file, specifier).split('/')[1];
        if (!rooms.includes(target)) continue;
        const allowed =
          rooms.indexOf(target) <= rooms.indexOf(room) && !(strangers[room] ?? []).includes(target);
        if (!allowed) upward.push(`${file} imports ${specifier}`);
      }
    }
    expect(upward).toEqual([]);
  });

  test('there is no import cycle', () => {
    const graph = new Map(
      files
        .filter((file) => !file.endsWith('.test.ts'))
        .map((file) => [
          file,
          importsOf(file)
            .filter((name) => name.startsWith('.'))
            .map((name) => resolveImport(file, name)),
        ]),
    );
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
        return;
      }
      state.set(file, 'open');
      for (const next of graph.get(file) ?? []) if (graph.has(next)) visit(next, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of graph.keys()) visit(file, []);
    expect(cycles).toEqual([]);
  });

  test('only the runtime boundary, data/node, formats/node, models/node and the command line know Node', () => {
    const offenders = files
      .filter((file) => !file.endsWith('.test.ts') && !nodeFiles.test(file))
      .flatMap((file) =>
        importsOf(file)
          .filter((name) => name.startsWith('node:'))
          .map((name) => `${file} imports ${name}`),
      );
    expect(offenders).toEqual([]);
    const globals = files
      .filter(
        (file) =>
          portable.includes(file.split('/')[1]) && !file.endsWith('.test.ts') && !nodeFiles.test(file),
      )
      .filter((file) =>
        /(?<![\w.'/])(?:process\.(?:env|argv|std)|Buffer\.|document\.(?!ts))/.test(
          stripComments(readFileSync(path.join(root, file), 'utf8')),
        ),
      );
    expect(globals).toEqual([]);
  });

  test('no room for leftovers', () => {
    expect(files.filter((file) => /\b(?:utils?|helpers?|common|misc)\b/i.test(file))).toEqual([]);
  });
});

function stripComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\/\/.*$/gm, '');
}
