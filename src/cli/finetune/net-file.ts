import path from 'node:path';
import { writeFileAtomic } from '../../formats/node/atomic-file.ts';
import { writeNpz } from '../../formats/npz.ts';
import { writeSafetensors } from '../../formats/safetensors.ts';
import { OutsetError } from '../../messages/index.ts';
import { createNetwork } from '../../network/create-network.ts';
import type { ParameterValues } from '../../network/network.ts';
import type { NetworkSpec } from '../../network/spec.ts';
import { networkGraphWithValues } from '../../network/to-onnx.ts';
import { encodeModel } from '../../onnx/write.ts';

const endings = ['.safetensors', '.onnx', '.npz'] as const;

/** @throws race.bad_option unless the file's ending is one that {@link writeNetFile} knows */
export function checkNetFile(file: string): void {
  if ((endings as readonly string[]).includes(path.extname(file).toLowerCase())) return;
  throw new OutsetError('race.bad_option', {
    option: '-o',
    got: file,
    expected: endings.map((one) => `*${one}`).join(', '),
  });
}

/** Writes a network with its weights, in the format of the file's ending. */
export async function writeNetFile(file: string, spec: NetworkSpec, values: ParameterValues): Promise<void> {
  const metadata = { network: JSON.stringify(spec) };
  const bytes = {
    '.safetensors': () => writeSafetensors(values, metadata),
    '.npz': () => writeNpz(values),
    '.onnx': () => encodeModel(networkGraphWithValues(createNetwork(spec), values), { metadata }),
  }[path.extname(file).toLowerCase() as (typeof endings)[number]]();
  await writeFileAtomic(file, bytes);
}
