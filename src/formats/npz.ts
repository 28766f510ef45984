/** Several arrays in one file, as numpy.savez and numpy.savez_compressed write them: a zip archive of .npy files. */

import { zipSync } from 'fflate';
import type { Tensor } from '../tensor/tensor.ts';
import { readNpy, writeNpy } from './npy.ts';
import { readZip } from './zip.ts';

export interface WriteNpzOptions {
  /** Pack with deflate, as numpy.savez_compressed does; default false. */
  readonly compress?: boolean;
}

export interface ReadNpzOptions {
  /** The file's name, for error messages. */
  readonly where?: string;
  /** The most bytes that all arrays together may unpack to; default 4 GiB. */
  readonly maxBytes?: number;
}

/** The bytes of an .npz file. The same arrays in the same order give the same bytes. */
export function writeNpz(
  arrays: ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>,
  { compress = false }: WriteNpzOptions = {},
): Uint8Array {
  const entries: [string, Tensor][] = arrays instanceof Map ? [...arrays] : Object.entries(arrays);
  const files = Object.fromEntries(entries.map(([name, array]) => [`${name}.npy`, writeNpy(array)]));
  // A fixed date (the earliest that zip knows) keeps the bytes reproducible.
  return zipSync(files, { level: compress ? 6 : 0, mtime: new Date(1980, 0, 1) });
}

/**
 * Reads every array of an .npz file, by name without the `.npy` ending. Other members of the archive are skipped.
 * @throws formats.wrong_magic, formats.truncated, formats.zip_member, formats.corrupt, formats.checksum,
 *   formats.unpacked_too_large, and the errors of {@link readNpy}
 */
export function readNpz(bytes: Uint8Array, options: ReadNpzOptions = {}): Map<string, Tensor> {
  const { where = 'npz', maxBytes = 4 * 2 ** 30 } = options;
  const arrays = new Map<string, Tensor>();
  for (const member of readZip(bytes, where, maxBytes)) {
    if (!member.name.endsWith('.npy')) continue;
    arrays.set(member.name.slice(0, -4), readNpy(member.read(), `${where}: ${member.name}`));
  }
  return arrays;
}
