/**
 * `npm run conformance`: measures the frameworks and Outset, writes docs/conformance.json and docs/conformance.md.
 *
 *   OUTSET_PYTHON       a Python with torch; default python3
 *   OUTSET_PYTHON_JAX   a Python with jax, flax, keras, tensorflow; default that of OUTSET_PYTHON
 *
 * A framework that is not there keeps the rows of the last run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { conformancePage } from './page.ts';
import { type ConformanceRun, outsetStd, type PeerReport } from './rows.ts';

const here = import.meta.dirname;
const docs = path.resolve(here, '../../docs');
const python = process.env.OUTSET_PYTHON ?? 'python3';
const pythonWithJax = process.env.OUTSET_PYTHON_JAX ?? python;

const peers = [
  { framework: 'PyTorch', shown: '$OUTSET_PYTHON', program: python, script: 'torch_rows.py' },
  { framework: 'Keras', shown: '$OUTSET_PYTHON_JAX', program: pythonWithJax, script: 'keras_rows.py' },
  { framework: 'JAX, Flax', shown: '$OUTSET_PYTHON_JAX', program: pythonWithJax, script: 'jax_rows.py' },
  {
    framework: 'TensorFlow',
    shown: '$OUTSET_PYTHON_JAX',
    program: pythonWithJax,
    script: 'tensorflow_rows.py',
  },
  { framework: 'TensorFlow.js', shown: 'node', program: process.execPath, script: 'tfjs-rows.mjs' },
];

const file = path.join(docs, 'conformance.json');
const last: ConformanceRun | undefined = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8'))
  : undefined;
installTensorFlowJs();
const reports = peers.flatMap(({ framework, shown, program, script }) => {
  const report = measure(program, script);
  if (report === undefined) {
    process.stderr.write(`${framework}: not measured, the last run's rows stay\n`);
    return (last?.reports ?? [])
      .filter((one) => one.framework === framework)
      .map((one) => ({ ...one, rows: one.rows.map((row) => ({ ...row, outset: outsetStd(row) })) }));
  }
  process.stderr.write(`${framework} ${report.version}: ${report.rows.length} rows\n`);
  const rows = report.rows.map((row) => ({ ...row, outset: outsetStd(row) }));
  return [{ ...report, command: `${shown} scripts/conformance/${script}`, rows }];
});
const run: ConformanceRun = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.version}`,
  reports,
};
writeFileSync(file, `${JSON.stringify(run, null, 1)}\n`);
writeFileSync(path.join(docs, 'conformance.md'), conformancePage(run));

function measure(program: string, script: string): PeerReport | undefined {
  const result = spawnSync(program, [path.join(here, script)], {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
    env: { ...process.env, KERAS_BACKEND: process.env.KERAS_BACKEND ?? 'jax', TF_CPP_MIN_LOG_LEVEL: '3' },
  });
  const line = result.stdout?.split('\n').find((text) => text.startsWith('{'));
  if (result.status === 0 && line !== undefined) return JSON.parse(line) as PeerReport;
  process.stderr.write(`${result.stderr?.split('\n').slice(-3).join('\n')}\n`);
  return undefined;
}

function installTensorFlowJs(): void {
  if (existsSync(path.join(here, 'node_modules'))) return;
  spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'], {
    cwd: here,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}
