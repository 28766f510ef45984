/**
 * Writes the number tables of src/random/ from the public sources that define them:
 *
 *   node scripts/generate-random-tables.mjs ZIGGURAT LOG
 *
 * ZIGGURAT  numpy/random/src/distributions/ziggurat_constants.h of NumPy (BSD-3-Clause)
 * LOG       math/log_data.c of ARM's optimized-routines (MIT), the table of glibc's and musl's logarithm
 */
import { readFileSync, writeFileSync } from 'node:fs';

const [zigguratPath, logPath] = process.argv.slice(2);
if (logPath === undefined) throw new Error('usage: generate-random-tables.mjs ZIGGURAT LOG');
const ziggurat = readFileSync(zigguratPath, 'utf8');
const log = readFileSync(logPath, 'utf8');

/** Names of NumPy's tables, in the order in which the kernel reads them, and the array that holds each. */
const tables = [
  ['ki_double', BigUint64Array],
  ['wi_double', Float64Array],
  ['fi_double', Float64Array],
  ['ki_float', Uint32Array],
  ['wi_float', Float32Array],
  ['fi_float', Float32Array],
];
const zigguratBytes = Buffer.concat(
  tables.map(([name, Kind]) => {
    const body = new RegExp(`${name}\\[\\] = \\{([^}]*)\\}`).exec(ziggurat)[1];
    const numbers = body.split(',').map((text) => text.trim().replace(/(?:ULL|UL|f|F)$/, ''));
    if (numbers.length !== 256) throw new Error(`${name}: ${numbers.length} numbers`);
    return Buffer.from(Kind.from(numbers.map(Kind === BigUint64Array ? BigInt : Number)).buffer);
  }),
);
write(
  'ziggurat-tables',
  'Tables of NumPy: ki, wi, fi in double precision, then ki, wi, fi in single precision; 256 numbers each.',
  zigguratBytes,
);

// The branch of the source that glibc and musl compile: 128 intervals, polynomials of order 6 and 12.
const polynomial = numbersBetween(
  '#elif N == 128 && LOG_POLY_ORDER == 6',
  '#elif N == 128 && LOG_POLY_ORDER == 7',
);
const polynomialNear1 = numbersBetween('#elif LOG_POLY1_ORDER == 12', '#endif');
const table = log.slice(log.indexOf('.tab = {'));
const intervals = hexNumbers(table.slice(table.indexOf('#elif N == 128'), table.indexOf('#endif')));
if (polynomial.length !== 5 || polynomialNear1.length !== 11 || intervals.length !== 256) {
  throw new Error('log_data.c is not the one that this script knows');
}
write(
  'logarithm-table',
  'Polynomial (5), polynomial near 1 (11), then 1/c and log c of 128 intervals.',
  Buffer.from(Float64Array.of(...polynomial, ...polynomialNear1, ...intervals).buffer),
);

function numbersBetween(start, end) {
  const from = log.indexOf(start);
  return hexNumbers(log.slice(from, log.indexOf(end, from + start.length)));
}

/** C's hexadecimal floating point numbers of a text without its comments. */
function hexNumbers(text) {
  const found = text.replaceAll(/\/\/.*$/gm, '').matchAll(/(-?)0x([0-9a-f]+)\.?([0-9a-f]*)p([+-]\d+)/g);
  return Array.from(found, ([, sign, whole, fraction, exponent]) => {
    const size = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length);
    return sign === '-' ? -size : size;
  });
}

function write(name, content, bytes) {
  const text = `// Written by scripts/generate-random-tables.mjs; do not edit.
/** ${content} Little-endian, base64. */
export default '${bytes.toString('base64')}';
`;
  writeFileSync(new URL(`../src/random/${name}.generated.ts`, import.meta.url), text);
}
