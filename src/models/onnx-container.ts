import { elementWidths, openModelFile } from '../onnx/model-file.ts';
import type { ModelContainer } from './container.ts';
import { architectureOfOnnx } from './detect/onnx-uses.ts';

/** Reads bytes of a file beside the model; it must refuse paths that leave the model's folder. */
export type ReadBeside = (
  name: string,
  location: string,
  offset: number,
  length: number,
) => Promise<Uint8Array>;

/**
 * An `.onnx` file. Its graph is not interpreted: operators and versions that the engine does not know are no obstacle.
 * @param readBeside for initializers whose data lies outside the file
 * @throws onnx.unreadable, onnx.bad_tensor_data, onnx.bad_dims, onnx.duplicate_value
 */
export function onnxContainer(bytes: Uint8Array, readBeside: ReadBeside): ModelContainer {
  const file = openModelFile(bytes);
  const byName = new Map(file.initializers.map((one) => [one.name, one]));
  const read = async (name: string): Promise<Uint8Array> => {
    const found = byName.get(name);
    if (found === undefined) return new Uint8Array(0);
    if (found.external === undefined) return file.data(name);
    const length = found.dims.reduce((product, one) => product * one, elementWidths[found.type ?? 'uint8']);
    return readBeside(name, found.external.location, found.external.offset, length);
  };
  return {
    format: 'onnx',
    architecture: architectureOfOnnx(file),
    metadata: {},
    read,
    rewrite: async (values) => {
      const inside = new Map(values);
      for (const { name, external, type } of file.initializers) {
        if (external === undefined || type === undefined || inside.has(name)) continue;
        inside.set(name, await read(name));
      }
      return [{ name: '', content: file.encode(inside) }];
    },
    close: async () => {},
  };
}
