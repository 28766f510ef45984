/**
 * `npm run test:peers`: writes every fixture of test/fixtures again with the libraries that are installed here, and compares
 * it with the committed one.
 *
 *   OUTSET_PYTHON       Python with numpy, torch, scikit-learn, onnx, ... (default python3)
 *   OUTSET_PYTHON_JAX   Python with jax, flax, keras and tensorflow
 *   npm install --prefix test/peers/tfjs --ignore-scripts    TensorFlow.js
 *
 * What to run is the command in the head of each script of test/peers. Everything happens in a copy of test/, so that the
 * committed files stay as they are. A library that is missing is said loudly and counts as skipped; words that differ count
 * as failed where the versions are those of the committed fixture, and are only told where they are not.
 *
 *   node scripts/test-peers.mjs [PART OF A NAME ...] [--counts FILE]
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2);
const countsFile = words.includes('--counts') ? words.splice(words.indexOf('--counts'), 2)[1] : undefined;

const copy = mkdtempSync(path.join(tmpdir(), 'outset-peers-'));
cpSync(path.join(root, 'test'), path.join(copy, 'test'), { recursive: true });
for (const name of ['src', 'node_modules', 'package.json', 'tsconfig.json'])
  symlinkSync(path.join(root, name), path.join(copy, name));

const pythons = [process.env.OUTSET_PYTHON ?? 'python3', process.env.OUTSET_PYTHON_JAX].filter(
  (python) => python !== undefined,
);
const quiet = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', JAX_PLATFORMS: 'cpu', CUDA_VISIBLE_DEVICES: '' };
const counts = { passed: 0, failed: 0, skipped: 0 };

try {
  for (const script of scripts()) runScript(script);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.stdout.write(`peers: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
if (countsFile !== undefined) writeFileSync(countsFile, JSON.stringify(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;

/** The scripts that say in their head how they are run, and how. */
function scripts() {
  const files = readdirSync(path.join(root, 'test/peers'), { recursive: true, encoding: 'utf8' })
    .filter(
      (file) => /\.(?:py|mjs|ts)$/.test(file) && !file.includes('node_modules') && !file.endsWith('.test.ts'),
    )
    .sort();
  return files.flatMap((file) => {
    const name = `test/peers/${file.replaceAll(path.sep, '/')}`;
    const head = readFileSync(path.join(root, name), 'utf8').slice(0, 1500);
    const pattern = new RegExp(
      `(\\$OUTSET_PYTHON(?:_JAX)?|python3?|node|npx tsx) ${name.replaceAll('.', '\\.')}([^>\\n(]*)(?:> *(\\S+))?`,
    );
    const found = pattern.exec(head);
    if (found === null || (words.length > 0 && !words.some((word) => name.includes(word)))) return [];
    return [
      {
        name,
        runner: found[1],
        args: found[2].split(/\s+/).filter((word) => /^[\w./-]+$/.test(word)),
        output: found[3],
      },
    ];
  });
}

function runScript({ name, runner, args, output }) {
  const programs =
    runner === 'node'
      ? [[process.execPath]]
      : runner === 'npx tsx'
        ? [[path.join(root, 'node_modules/.bin/tsx')]]
        : pythons.map((python) => [python]);
  // A script that fills a folder starts with an empty one: some libraries add to a file that is there.
  for (const folder of args.filter((word) => word.startsWith('test/fixtures/'))) {
    rmSync(path.join(copy, folder), { recursive: true, force: true });
    mkdirSync(path.join(copy, folder), { recursive: true });
  }
  let reason = 'no interpreter';
  for (const [program] of programs) {
    const start = performance.now();
    const result = spawnSync(program, [name, ...args], {
      cwd: copy,
      env: quiet,
      maxBuffer: 1 << 30,
      timeout: 900_000,
    });
    const text = String(result.stderr ?? '');
    const missing = [
      /No module named '([^']+)'/,
      /Cannot find package '([^']+)'/,
      /Cannot find module '[^']*\/node_modules\/((?:@[^/']+\/)?[^/']+)/,
      /NOT COMPARED with (\w+)/,
    ]
      .map((pattern) => pattern.exec(text))
      .find((match) => match !== null);
    if (result.status === 0) {
      if (output !== undefined) writeFileSync(path.join(copy, output), lastJson(result.stdout));
      report(name, compareFolder(), (performance.now() - start) / 1000);
      return;
    }
    if (missing === undefined && result.error?.code !== 'ENOENT') {
      counts.failed++;
      process.stdout.write(
        `✗ ${name}: ${program} ended with ${result.status ?? result.signal}\n${text.slice(-1500)}\n`,
      );
      return;
    }
    reason = missing === undefined ? `no ${program}` : `${missing[1]} is not installed for ${program}`;
  }
  counts.skipped++;
  process.stdout.write(`*** SKIPPED ${name}: ${reason} ***\n`);
}

/** Notices that a library prints before the JSON are left out. */
function lastJson(stdout) {
  const text = String(stdout);
  return text.slice(text.search(/^[{[]/m));
}

function report(name, changes, seconds) {
  const wrong = changes.filter(({ sameVersions, differences }) => sameVersions && differences.length > 0);
  const noted = changes.filter(({ sameVersions, differences }) => !sameVersions && differences.length > 0);
  if (wrong.length > 0) counts.failed++;
  else counts.passed++;
  process.stdout.write(`${wrong.length > 0 ? '✗' : '✓'} ${name} (${seconds.toFixed(1)} s)\n`);
  for (const { file, theirs, differences } of [...wrong, ...noted]) {
    const shown = differences.slice(0, 5).join('\n      ');
    process.stdout.write(
      `    DIFFERS from the committed ${file}, here with ${theirs}: ${differences.length} places\n      ${shown}\n`,
    );
  }
}

/** Files of the copy that are not byte for byte the committed ones, which are put back for the next script. */
function compareFolder() {
  const changes = [];
  for (const file of readdirSync(path.join(copy, 'test/fixtures'), { recursive: true, encoding: 'utf8' })) {
    const made = path.join(copy, 'test/fixtures', file);
    const committed = path.join(root, 'test/fixtures', file);
    if (!/\.\w+$/.test(file) || (existsSync(committed) && readFileSync(made).equals(readFileSync(committed))))
      continue;
    changes.push(
      compareFile(file, existsSync(committed) ? readFileSync(committed) : undefined, readFileSync(made)),
    );
    rmSync(made);
  }
  cpSync(path.join(root, 'test/fixtures'), path.join(copy, 'test/fixtures'), { recursive: true });
  return changes;
}

function compareFile(file, committed, made) {
  if (committed === undefined)
    return { file, sameVersions: false, theirs: 'a file of its own', differences: ['new file'] };
  if (!file.endsWith('.json')) {
    return {
      file,
      sameVersions: false,
      theirs: 'other bytes',
      differences: [`${committed.length} bytes, here ${made.length}`],
    };
  }
  const [ours, theirs] = [apart(JSON.parse(String(committed))), apart(JSON.parse(String(made)))];
  const differences = [];
  compareValues(ours.content, theirs.content, '', differences);
  return {
    file,
    sameVersions: JSON.stringify(ours.libraries) === JSON.stringify(theirs.libraries),
    theirs: JSON.stringify(theirs.libraries),
    differences,
  };
}

/** What a fixture says about the libraries that made it (Python, Node and the C library left out), and the rest. */
function apart(fixture) {
  const names =
    /^(?:versions?|made|by|command|python|torch|numpy|safetensors|sklearn|keras|h5py|onnx|mpmath)$/;
  const entries = Object.entries(fixture);
  const about = entries.filter(([key]) => names.test(key));
  const flat = about.flatMap(([key, value]) =>
    typeof value === 'object' ? Object.entries(value) : [[key, value]],
  );
  const other = /^(?:by|command|python|libc|node)$/;
  return {
    libraries: Object.fromEntries(
      flat.filter(([key]) => !other.test(key)).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    content: Object.fromEntries(entries.filter(([key]) => !names.test(key))),
  };
}

/** Words must be equal; numbers that were computed, not drawn, may differ in their last digits from build to build. */
function compareValues(ours, theirs, at, differences) {
  if (typeof ours === 'number' && typeof theirs === 'number') {
    if (Math.abs(ours - theirs) > 1e-5 * Math.abs(ours) + 1e-7)
      differences.push(`${at}: ${ours}, here ${theirs}`);
  } else if (ours !== null && theirs !== null && typeof ours === 'object' && typeof theirs === 'object') {
    for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      compareValues(ours[key], theirs[key], `${at}.${key}`, differences);
    }
  } else if (ours !== theirs) {
    differences.push(`${at}: ${String(ours).slice(0, 60)}, here ${String(theirs).slice(0, 60)}`);
  }
}
