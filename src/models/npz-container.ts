import { bytesOfTensor } from '../formats/element-bytes.ts';
import { readNpy, readNpyHeader } from '../formats/npy.ts';
import { encodeStored, type StoredTensor } from '../formats/stored-tensor.ts';
import { readZip, type ZipMember } from '../formats/zip.ts';
import type { ModelContainer } from './container.ts';
import { architectureByNames } from './detect/by-names.ts';

/** The header of an array is at most so long here; numpy writes 128 bytes for all but huge ranks. */
const headerBytes = 2 ** 16;

/**
 * Arrays of numpy by name. Only headers are unpacked; an array is when it is read.
 * @throws formats.zip_member and its like, formats.npy_*
 */
export function npzContainer(bytes: Uint8Array, where: string): ModelContainer {
  const members = new Map<string, ZipMember>();
  const tensors: StoredTensor[] = [];
  for (const member of readZip(bytes, where, 4 * 2 ** 30)) {
    if (!member.name.endsWith('.npy')) continue;
    const name = member.name.slice(0, -4);
    const { type, dims } = readNpyHeader(member.head(headerBytes), `${where}: ${member.name}`, member.size);
    members.set(name, member);
    tensors.push({ name, type, dims });
  }
  const types = new Map(tensors.map((one) => [one.name, one]));
  return {
    format: 'npz',
    architecture: architectureByNames(tensors, true),
    metadata: {},
    read: async (name) => {
      const member = members.get(name);
      const stored = types.get(name);
      if (member === undefined || stored === undefined) return new Uint8Array(0);
      const values = readNpy(member.read(), `${where}: ${member.name}`);
      return stored.type === 'float16' ? encodeStored(values, 'float16') : bytesOfTensor(values);
    },
    close: async () => {},
  };
}
