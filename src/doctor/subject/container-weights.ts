/** Values of a model file's weights: as float32 to examine, and back in the precision of the file. */
import { decodeStored, encodeStored, storedFloatTypes } from '../../formats/stored-tensor.ts';
import { OutsetError } from '../../messages/error.ts';
import type { ModelContainer } from '../../models/container.ts';
import { type Dims, elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import type { Subject } from '../subject.ts';

/** One float tensor of the file. */
export async function readFloat32(
  container: ModelContainer,
  {
    name,
    type,
    dims,
  }: { readonly name: string; readonly type: Parameters<typeof encodeStored>[1]; readonly dims: Dims },
): Promise<Tensor<'float32'> | undefined> {
  if (!storedFloatTypes.includes(type)) return undefined;
  const { data } = decodeStored({ type, dims }, await container.read(name));
  return tensor(
    'float32',
    dims,
    data instanceof Float32Array ? data : Float32Array.from(data as Float64Array),
  );
}

/** Writes the container's own format again; undefined where it has none. */
export function rewriteOf(container: ModelContainer): Subject['rewrite'] {
  const { rewrite, architecture } = container;
  if (rewrite === undefined) return undefined;
  const all = [
    ...architecture.layers.flatMap(({ parameters }) => parameters),
    ...architecture.unknown,
    ...architecture.kept,
  ];
  const stored = new Map(all.map((one) => [one.name, one]));
  return async (values) => {
    const bytes = new Map<string, Uint8Array>();
    for (const [name, value] of values) {
      const one = stored.get(name);
      if (one === undefined) throw new OutsetError('doctor.unknown_parameter', { name });
      const expected = elementCount(one.dims);
      if (value.data.length !== expected) {
        throw new OutsetError('doctor.parameter_size', { name, expected, got: value.data.length });
      }
      bytes.set(name, encodeStored(value, one.type));
    }
    return rewrite(bytes);
  };
}
