/**
 * `npm test`: everything that must hold, in one command. Types, lint and format, build, package checks, then all
 * tests, then the fixtures of other libraries where those are installed (see test-peers.mjs). Each check counts as one;
 * the last line is `N passed, N failed, N skipped`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const folder = mkdtempSync(path.join(tmpdir(), 'outset-test-'));
const report = path.join(folder, 'vitest.json');

const checks = [
  ['types', ['tsc', '--noEmit']],
  ['types of the lab', ['svelte-check', '--tsconfig', 'lab/tsconfig.json', '--fail-on-warnings']],
  ['lint and format', ['biome', 'check', '--error-on-warnings', '.']],
  ['build', ['tsc', '-p', 'tsconfig.build.json']],
  ['package (publint)', ['publint', '--strict']],
  ['package types (attw)', ['attw', '--pack', '.', '--profile', 'esm-only']],
  ['unused files and exports (knip)', ['knip']],
];

let passed = 0;
let failed = 0;
for (const [name, [command, ...args]] of checks) {
  process.stdout.write(`\n▸ ${name}: ${[command, ...args].join(' ')}\n`);
  const start = performance.now();
  const ok = run(command, args);
  process.stdout.write(`${ok ? '✓' : '✗'} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)\n`);
  if (ok) passed++;
  else failed++;
}

process.stdout.write('\n▸ tests: vitest run\n');
const ok = run('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
let skipped = 0;
try {
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  passed += counts.numPassedTests;
  failed += counts.numFailedTests + (counts.numFailedTests === 0 && !ok ? 1 : 0);
  skipped += counts.numPendingTests + (counts.numTodoTests ?? 0);
} catch (error) {
  process.stderr.write(`vitest left no report: ${error}\n`);
  failed++;
}

process.stdout.write(
  '\n▸ peers: npm run test:peers (words that other libraries draw and compute, made again and compared)\n',
);
const counts = path.join(folder, 'peers.json');
spawnSync(process.execPath, ['scripts/test-peers.mjs', '--counts', counts], { stdio: 'inherit' });
try {
  const peers = JSON.parse(readFileSync(counts, 'utf8'));
  passed += peers.passed;
  failed += peers.failed;
  skipped += peers.skipped;
} catch (error) {
  process.stderr.write(`the peers left no counts: ${error}\n`);
  failed++;
}
rmSync(folder, { recursive: true, force: true });

process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;

function run(command, args) {
  const bin = path.join('node_modules', '.bin', command);
  const result = spawnSync(bin, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  return result.status === 0;
}
