/** The page `docs/conformance.md` from a run. */
import type { ConformanceRow, ConformanceRun } from './rows.ts';

/** What each remark of a row says. */
const remarks: Readonly<Record<string, string>> = {
  'absolute-bounds':
    '`a=-2, b=2` are absolute numbers: with `std=0.02` the cut lies at 100 standard deviations and cuts nothing. Largest weight: see the column. Outset: `truncated-normal` has its bound in units of std; `torch-trunc-normal` is the same as here.',
  'cut-uncorrected':
    '`std` is that of the normal before the cut at two standard deviations; the weights have 0.8796 of it, documented. Outset: `correct=yes` gives what is asked for, `correct=no` (the default of `truncated-normal`) the same as here.',
  'cut-variance-lost':
    'Cut at two standard deviations without the factor 1 / 0.8796 that Keras and JAX put in front: **0.774 of the variance that the name promises**, in every layer (tensorflow/tfjs#8594). It is also the default of Dense and Conv layers.',
  'grouped-fan-out':
    'fan_out counts the outputs of all groups, though an input feeds only those of its own: the variance is too small **by the number of groups** (pytorch/pytorch#23854).',
  'depthwise-fan-in':
    'fan_in counts all channels, though every output sees only its own: the variance is too small **by the number of channels** (keras-team/keras#11773).',
  'transposed-fan-in':
    'The weight is [in, out, ...], and fan_in is read from the second axis, the outputs: the variance is off by in / out channels.',
};

/** False alarms of "as asked": 5.5 standard errors of the variance of n numbers, 4e-8 a row. */
export function isAsAsked(row: ConformanceRow, got: number): boolean {
  return Math.abs((got / row.asked) ** 2 - 1) < 5.5 * Math.sqrt(2 / row.samples);
}

export function conformancePage(run: ConformanceRun): string {
  const all = run.reports.flatMap((report) => report.rows);
  const peersRight = all.filter((row) => isAsAsked(row, row.got)).length;
  const documented = all.filter((row) => row.note === 'cut-uncorrected' && !isAsAsked(row, row.got)).length;
  const oursRight = all.filter((row) => isAsAsked(row, row.outset)).length;
  return [
    '# What is asked, and what is got',
    '',
    'Every initializer of the frameworks below, a million weights each (the exact number is in the table): the standard',
    'deviation that its name or documentation promises, the one that it gives, and that of Outset for the same weight.',
    '"✗" is a variance that is off by more than 5.5 standard errors of a million numbers, which chance does once in 25',
    'million rows.',
    '',
    `Written by \`npm run conformance\` on ${run.date}, ${run.machine}; the numbers are in`,
    '[conformance.json](conformance.json). To measure again, see [below](#to-measure-again).',
    '',
    `As asked: ${peersRight} of ${all.length} for the frameworks, ${oursRight} of ${all.length} for Outset. Of the ${all.length - peersRight}`,
    `that are not, ${documented} are documented (truncated normals whose \`std\` is that before the cut); the others are not.`,
    '',
    ...run.reports.flatMap((report) => [
      `## ${report.framework} ${report.version}`,
      '',
      '```',
      report.command,
      '```',
      '',
      '| call | weights | std asked | std got | variance got / asked | largest / std | Outset rule | Outset std | variance / asked |',
      '|---|---:|---:|---:|---:|---:|---|---:|---:|',
      ...report.rows.map(tableRow),
      '',
      ...[...new Set(report.rows.map(({ note }) => note))]
        .filter((note) => note !== '')
        .flatMap((note) => [`- ${calls(report.rows, note)}: ${remarks[note]}`]),
      ...factLines(report.facts),
      '',
    ]),
    '## To measure again',
    '',
    '```',
    'OUTSET_PYTHON=python3 OUTSET_PYTHON_JAX=python3 npm run conformance',
    '```',
    '',
    '`OUTSET_PYTHON` is a Python with torch, `OUTSET_PYTHON_JAX` one with jax, flax, keras and tensorflow; a framework that is',
    'not there keeps the rows of the last run. TensorFlow.js is installed into `scripts/conformance/`.',
    '',
  ].join('\n');
}

function tableRow(row: ConformanceRow): string {
  const mark = (got: number) => `${ratio(row, got)}${isAsAsked(row, got) ? '' : ' ✗'}`;
  const cells = [
    `\`${row.call}\``,
    row.samples.toLocaleString('en-US'),
    row.asked.toPrecision(4),
    row.got.toPrecision(4),
    mark(row.got),
    row.largest.toFixed(2),
    `\`${row.rule}\``,
    row.outset.toPrecision(4),
    mark(row.outset),
  ];
  return `| ${cells.join(' | ')} |`;
}

function ratio(row: ConformanceRow, got: number): string {
  const value = (got / row.asked) ** 2;
  return value < 0.01 ? value.toExponential(1) : value.toFixed(4);
}

function calls(rows: readonly ConformanceRow[], note: string): string {
  return rows
    .filter((row) => row.note === note)
    .map(({ call }) => `\`${call}\``)
    .join(', ');
}

/** Defects that are no standard deviations. */
function factLines(facts: Readonly<Record<string, unknown>>): string[] {
  const lines: string[] = [];
  const zero = facts.seedZeroRepeats as Record<string, boolean> | undefined;
  const one = facts.seedOneRepeats as Record<string, boolean> | undefined;
  if (zero !== undefined && one !== undefined) {
    const broken = Object.keys(zero).filter((name) => !zero[name] && one[name]);
    lines.push(
      `- Seed 0 is ignored by ${broken.map((name) => `\`${name}\``).join(', ')}: two calls with \`{ seed: 0 }\` give different weights, two with \`{ seed: 1 }\` the same. Outset: every whole seed is a seed.`,
    );
  }
  if (typeof facts.uniformFromZeroLeast === 'number') {
    lines.push(
      `- \`randomUniform({ minval: 0, maxval: 1 })\` gives ${facts.uniformFromZeroLeast.toFixed(3)}: 0 counts as not given. Outset: \`uniform(low=0,high=1)\` starts at 0.`,
    );
  }
  if (facts.sharedInstanceEqual === true) {
    lines.push(
      '- One initializer instance given to two layers of the same shape: both start with **the same weights**. Outset: weights depend on seed and name, and names differ.',
    );
  }
  return lines;
}
