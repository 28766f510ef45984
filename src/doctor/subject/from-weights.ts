/** Weights of a file that holds nothing else, in a network that somebody names. */
import { writeNpz } from '../../formats/npz.ts';
import { writeSafetensors } from '../../formats/safetensors.ts';
import { decodeStored } from '../../formats/stored-tensor.ts';
import type { Layout } from '../../initializers/initializer.ts';
import { OutsetError } from '../../messages/error.ts';
import type { ModelContainer } from '../../models/container.ts';
import type { ModelParameter } from '../../models/model.ts';
import { createNetwork } from '../../network/create-network.ts';
import type { NetworkSpec } from '../../network/spec.ts';
import { type Dims, elementCount, strides, type Tensor, tensor } from '../../tensor/tensor.ts';
import type { Subject } from '../subject.ts';
import { readFloat32 } from './container-weights.ts';
import { subjectFromNetwork } from './from-network.ts';

interface Place {
  readonly parameter: string;
  readonly dims: Dims;
  readonly stored: ModelParameter;
  /** Axis of the file behind each axis of the parameter. */
  readonly order: readonly number[];
}

/**
 * The subject of bare weights (safetensors, npz) in a network of ours. Tensors are matched by name where all names are
 * those of the network, otherwise in order; a weight whose axes lie otherwise ([out, in] of PyTorch, [kernel, in, out] of
 * Keras) is turned.
 * @throws doctor.weights_count, doctor.weights_shape where they do not fit
 */
export async function subjectFromWeights(
  container: ModelContainer,
  spec: NetworkSpec,
  where: string,
): Promise<Subject> {
  const network = createNetwork(spec);
  const all = container.architecture.layers.flatMap(({ parameters }) => parameters);
  const learned = all.filter(({ fixed }) => fixed === undefined);
  const byName = new Map(all.map((one) => [one.name, one]));
  const named = network.parameters.every(({ name }) => byName.has(name));
  if (!named && learned.length !== network.parameters.length) {
    const [expected, got] = [network.parameters.length, learned.length];
    throw new OutsetError('doctor.weights_count', { where, network: network.title, expected, got });
  }
  const places = network.parameters.map(({ name, dims, layout }, i): Place => {
    const stored = (named ? byName.get(name) : learned[i]) as ModelParameter;
    const order = orderBetween(stored, dims, layout);
    if (order === undefined) {
      const details = {
        where,
        parameter: name,
        expected: [...dims],
        tensor: stored.name,
        got: [...stored.dims],
      };
      throw new OutsetError('doctor.weights_shape', details);
    }
    return { parameter: name, dims, stored, order };
  });
  const statistics = all.filter(({ fixed, dims }) => fixed !== undefined && dims.length === 1);
  const values = new Map<string, Tensor<'float32'>>();
  for (const { parameter, stored, order } of places) {
    const value = await readFloat32(container, stored);
    if (value !== undefined) values.set(parameter, permuted(value, order));
  }
  for (const [i, { name, dims }] of network.buffers.entries()) {
    const stored =
      byName.get(name) ?? (statistics.length === network.buffers.length ? statistics[i] : undefined);
    const value = stored === undefined ? undefined : await readFloat32(container, stored);
    if (value !== undefined && value.dims.join() === dims.join()) values.set(name, value);
  }
  const subject = subjectFromNetwork(network, values);
  const everything = await readAll(container);
  const storedAs = new Map(places.map(({ parameter, stored }) => [parameter, stored.type as 'float32']));
  return {
    ...subject,
    title: `${where}: ${subject.title}`,
    origin: container.format === 'npz' ? 'npz' : 'safetensors',
    storedAs,
    rewrite: async (changed) => written(container, everything, places, changed),
  };
}

/** Positions of the file's axes for the axes of the parameter; undefined where the lengths do not agree. */
function orderBetween(
  { dims: stored, shape }: ModelParameter,
  dims: Dims,
  layout: Layout | undefined,
): number[] | undefined {
  const same = dims.map((_, axis) => axis);
  const fits = (order: readonly number[]) =>
    stored.length === dims.length && order.every((from, axis) => stored[from] === dims[axis]);
  const other = shape.layout;
  if (layout !== undefined && other !== undefined && shape.dims.length === stored.length) {
    const order = [...same];
    order[layout.inAxis] = other.inAxis;
    order[layout.outAxis] = other.outAxis;
    for (const [i, axis] of layout.kernelAxes.entries()) order[axis] = other.kernelAxes[i] ?? axis;
    if (fits(order)) return order;
  }
  if (fits(same)) return same;
  const turned = same.toReversed();
  return dims.length === 2 && fits(turned) ? turned : undefined;
}

function permuted(value: Tensor<'float32'>, order: readonly number[]): Tensor<'float32'> {
  if (order.every((axis, i) => axis === i)) return value;
  const dims = order.map((axis) => value.dims[axis]);
  const from = strides(value.dims);
  const steps = order.map((axis) => from[axis]);
  const to = strides(dims);
  const data = new Float32Array(elementCount(dims));
  for (let i = 0; i < data.length; i++) {
    let at = 0;
    for (const [axis, step] of steps.entries()) at += (Math.floor(i / to[axis]) % dims[axis]) * step;
    data[i] = value.data[at];
  }
  return tensor('float32', dims, data);
}

/** Every tensor of the file; half precision is widened. */
async function readAll(container: ModelContainer): Promise<Map<string, Tensor>> {
  const { layers, kept, unknown } = container.architecture;
  const tensors = new Map<string, Tensor>();
  for (const one of [...layers.flatMap(({ parameters }) => parameters), ...unknown, ...kept]) {
    tensors.set(one.name, decodeStored(one, await container.read(one.name)));
  }
  return tensors;
}

/** The file's tensors with those that changed, half precision as float32. */
function written(
  container: ModelContainer,
  everything: ReadonlyMap<string, Tensor>,
  places: readonly Place[],
  changed: ReadonlyMap<string, Tensor<'float32'>>,
): { name: string; content: Uint8Array }[] {
  const tensors = new Map(everything);
  for (const { parameter, stored, order } of places) {
    const value = changed.get(parameter);
    if (value === undefined) continue;
    const back = order.map((_, axis) => order.indexOf(axis));
    tensors.set(stored.name, permuted(value, back));
  }
  for (const name of changed.keys()) {
    if (!places.some(({ parameter }) => parameter === name))
      throw new OutsetError('doctor.unknown_parameter', { name });
  }
  const content =
    container.format === 'npz' ? writeNpz(tensors) : writeSafetensors(tensors, container.metadata);
  return [{ name: '', content }];
}
