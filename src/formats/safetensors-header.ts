/** The header of a safetensors file, checked against everything that the format promises. */

import type { IssueCode, IssueDetails } from '../messages/catalogue.ts';
import { OutsetError } from '../messages/error.ts';
import type { SafetensorsExpectation } from '../messages/issues/formats.ts';
import { duplicateKey } from './json-keys.ts';

/** One tensor as the header describes it; offsets count from the end of the header. */
export interface SafetensorsEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their bytes. */
  readonly entries: readonly SafetensorsEntry[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Where the tensors' bytes start in the file. */
  readonly dataStart: number;
}

/** The format's own limit of the header, 100 MB. */
const headerLimit = 100_000_000;

/** Bytes at the start of a file that say how long its header is. */
export const safetensorsPrefix = 8;

/**
 * Where the header of a file ends and the tensors start.
 * @param bytes at least the first 8 bytes of the file, unless it is shorter
 */
export function safetensorsDataStart(bytes: Uint8Array, where: string, fileLength: number): number {
  const format = 'safetensors';
  if (bytes.length < safetensorsPrefix)
    fail('formats.truncated', { where, format, part: 'header', expected: 8, got: bytes.length });
  const declared = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (declared > headerLimit)
    fail('formats.safetensors_header_too_large', { where, limit: headerLimit, got: Number(declared) });
  const dataStart = 8 + Number(declared);
  if (dataStart > fileLength)
    fail('formats.truncated', { where, format, part: 'header', expected: dataStart, got: fileLength });
  return dataStart;
}

/**
 * Parses and checks the header. The tensors must fill the rest of the file without a hole or an overlap.
 * @param bytes the file, or its start up to the end of the header
 * @param fileLength length of the whole file
 */
export function parseSafetensorsHeader(
  bytes: Uint8Array,
  where: string,
  fileLength: number = bytes.length,
): SafetensorsHeader {
  const format = 'safetensors';
  const dataStart = safetensorsDataStart(bytes, where, fileLength);
  const fields = parseFields(bytes.subarray(8, dataStart), where);
  const entries: SafetensorsEntry[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === '__metadata__') metadata = checkMetadata(value, where);
    else entries.push(checkEntry(name, value, where));
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let covered = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== covered) {
      const problem = begin > covered ? 'hole' : 'overlap';
      fail('formats.safetensors_layout', { where, name, problem, expected: covered, got: begin });
    }
    covered = end;
  }
  const dataLength = fileLength - dataStart;
  if (covered > dataLength)
    fail('formats.truncated', { where, format, part: 'data', expected: covered, got: dataLength });
  if (covered < dataLength)
    fail('formats.trailing_bytes', { where, format, expected: covered, got: dataLength });
  return { entries, metadata, dataStart };
}

function fail<Code extends IssueCode>(code: Code, details: IssueDetails<Code>): never {
  throw new OutsetError(code, details);
}

function parseFields(header: Uint8Array, where: string): object {
  let parsed: unknown;
  let text = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(header);
    parsed = JSON.parse(text);
  } catch (error) {
    fail('formats.safetensors_header_not_json', { where, reason: (error as Error).message });
  }
  if (!text.startsWith('{') || !isObject(parsed)) {
    const reason = `it starts with ${JSON.stringify(text.slice(0, 20))}`;
    return fail('formats.safetensors_header_not_json', { where, reason });
  }
  const duplicate = duplicateKey(text);
  if (duplicate !== undefined) fail('formats.safetensors_duplicate_key', { where, name: duplicate });
  return parsed;
}

function checkMetadata(value: unknown, where: string): Record<string, string> {
  if (!isObject(value) || Object.values(value).some((text) => typeof text !== 'string')) {
    const got = shorten(value);
    fail('formats.safetensors_entry', { where, name: '__metadata__', expected: 'metadata_strings', got });
  }
  return value as Record<string, string>;
}

function checkEntry(name: string, value: unknown, where: string): SafetensorsEntry {
  const wrong = (expected: SafetensorsExpectation, got: unknown): never =>
    fail('formats.safetensors_entry', { where, name, expected, got: shorten(got) });
  if (!isObject(value)) return wrong('object', value);
  const { dtype, shape, data_offsets: offsets, ...others } = value as Record<string, unknown>;
  const extra = Object.keys(others);
  if (extra.length > 0) wrong('known_fields', extra[0]);
  if (typeof dtype !== 'string') return wrong('dtype_string', dtype);
  if (!isLengths(shape)) return wrong('shape_lengths', shape);
  let elements = 1;
  for (const length of shape) elements *= length;
  if (!Number.isSafeInteger(elements)) return wrong('countable_shape', shape);
  if (!isLengths(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    return wrong('offsets', offsets);
  }
  return { name, dtype, shape, begin: offsets[0], end: offsets[1] };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLengths(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((length) => Number.isSafeInteger(length) && length >= 0);
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
