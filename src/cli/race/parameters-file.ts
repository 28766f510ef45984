import { readFileSync } from 'node:fs';
import { readSafetensors } from '../../formats/safetensors.ts';
import type { ParameterValues } from '../../network/network.ts';
import { tensor } from '../../tensor/tensor.ts';

/** Parameters that a race has written: its first weights from outside, or its last. */
export function readParameters(file: string): ParameterValues {
  const { tensors } = readSafetensors(readFileSync(file), file);
  return new Map(
    [...tensors].map(([name, { dims, data }]) => [name, tensor('float32', dims, data as Float32Array)]),
  );
}
