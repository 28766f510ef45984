/** Lengths for the axes that a model leaves open. */
import type {
  GraphProto,
  TensorShapeProto_Dimension,
  ValueInfoProto,
} from '../../../onnx/protobuf/onnx_pb.generated.ts';

/** What the axes of the model's inputs are called, and which of them is the batch. */
export interface OpenAxes {
  /** Name of the batch axis, as the reader of the model calls it; undefined where no input leaves it open. */
  readonly batch: ReadonlySet<string>;
  /** Examples that a model of fixed length takes, if all inputs agree. */
  readonly fixedBatch: number | undefined;
  /** The other open axes with the lengths to try, one after the other. */
  readonly trials: readonly Readonly<Record<string, number>>[];
}

/** Sides of images, lengths of sequences: small ones first. */
const sides = [32, 64, 224];
const sequences = [16, 256, 16_000];

/**
 * @param given lengths that the caller knows
 */
export function openAxes(graph: GraphProto, given: Readonly<Record<string, number>>): OpenAxes {
  const constants = new Set(graph.initializer.map(({ name }) => name));
  const batch = new Set<string>();
  const images = new Set<string>();
  const others = new Set<string>();
  const lengths = new Set<number>();
  const openBatch = graph.input.some(
    (input) => !constants.has(input.name ?? '') && isOpen(lengthsOf(input)[0]),
  );
  for (const { name = '', type } of graph.input) {
    if (constants.has(name) || type?.value.case !== 'tensorType') continue;
    const dims = lengthsOf({ type });
    for (const [axis, { value }] of dims.entries()) {
      if (value.case === 'dimValue' && value.value >= 0n) {
        if (axis === 0) lengths.add(Number(value.value));
        continue;
      }
      const symbol = value.case === 'dimParam' && value.value !== '' ? value.value : `${name}.${axis}`;
      if (Object.hasOwn(given, symbol)) continue;
      if (axis === 0 || (openBatch && isState(dims))) batch.add(symbol);
      else if (dims.length >= 4) images.add(symbol);
      else others.add(symbol);
    }
  }
  const count = batch.size === 0 ? 1 : 3;
  const trials = Array.from({ length: count === 1 && images.size + others.size === 0 ? 1 : 3 }, (_, i) => {
    const trial: Record<string, number> = { ...given };
    for (const symbol of others) if (!batch.has(symbol)) trial[symbol] = sequences[i];
    for (const symbol of images) if (!batch.has(symbol)) trial[symbol] = sides[i];
    return trial;
  });
  const [fixed] = lengths;
  return { batch, fixedBatch: batch.size === 0 && lengths.size === 1 ? fixed : undefined, trials };
}

type Length = TensorShapeProto_Dimension;

function lengthsOf({ type }: Pick<ValueInfoProto, 'type'>): readonly Length[] {
  return type?.value.case === 'tensorType' ? (type.value.value.shape?.dim ?? []) : [];
}

function isOpen(length: Length | undefined): boolean {
  return length !== undefined && !(length.value.case === 'dimValue' && length.value.value >= 0n);
}

/** States of recurrent layers, [layers, batch, units]: of several axes, one that is not the first is open. */
function isState(dims: readonly Length[]): boolean {
  return dims.length >= 3 && !isOpen(dims[0]) && dims.filter(isOpen).length === 1;
}
