import type { StoredTensor } from '../formats/stored-tensor.ts';
import type { ModelContainer } from './container.ts';
import { architectureByNames } from './detect/by-names.ts';

/** An open safetensors file, whoever reads it. */
export interface SafetensorsSource {
  readonly tensors: readonly StoredTensor[];
  readonly metadata: Readonly<Record<string, string>>;
  read(name: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A safetensors file: names and shapes; its names tell what is what. */
export function safetensorsContainer(source: SafetensorsSource): ModelContainer {
  return {
    format: 'safetensors',
    architecture: architectureByNames(source.tensors, false),
    metadata: source.metadata,
    read: (name) => source.read(name),
    close: () => source.close(),
  };
}
