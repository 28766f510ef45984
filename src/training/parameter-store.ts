import { OutsetError } from '../messages/error.ts';
import type { Dims, Tensor } from '../tensor/tensor.ts';
import { elementCount, tensor } from '../tensor/tensor.ts';

/** A named shape that wants room in a {@link ParameterStore}. */
export interface NamedShape {
  readonly name: string;
  readonly dims: Dims;
}

/** Floats per 64-byte cache line: every array of the store begins on one. */
const line = 16;
const pageBytes = 65_536;
const maximumPages = 65_536;

/**
 * All float32 numbers of a training run in one flat WebAssembly memory, allocated once:
 *
 *   [ parameters | gradients | optimizer state 0 | optimizer state 1 | ... | scratch arrays ]
 *
 * The first blocks have the same length and inner layout, so an update kernel runs over all parameters in one
 * call. The engine reads and writes views of this memory without a copy. Room between arrays stays 0. The memory
 * is not shared: onnxruntime rejects shared buffers.
 */
export class ParameterStore {
  readonly memory: WebAssembly.Memory;
  /** Floats in one block; a multiple of 16. */
  readonly blockLength: number;
  /** Number of optimizer state blocks. */
  readonly slotCount: number;
  /** Views by name, in the order given. */
  readonly parameters: ReadonlyMap<string, Tensor<'float32'>>;
  readonly gradients: ReadonlyMap<string, Tensor<'float32'>>;
  readonly scratch: ReadonlyMap<string, Tensor<'float32'>>;

  constructor(parameters: readonly NamedShape[], slotCount: number, scratch: readonly NamedShape[] = []) {
    const block = layOut(parameters, 0);
    this.blockLength = block.end;
    this.slotCount = slotCount;
    const extra = layOut(scratch, block.end * (2 + slotCount));
    const pages = Math.max(1, Math.ceil((extra.end * 4) / pageBytes));
    if (pages > maximumPages) {
      throw new OutsetError('training.too_large', {
        parameters: parameters.reduce((sum, { dims }) => sum + elementCount(dims), 0),
        gibibytes: Math.ceil((extra.end * 4) / 2 ** 30),
      });
    }
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const views = (shapes: readonly NamedShape[], offsets: readonly number[], base: number) =>
      new Map(
        shapes.map(({ name, dims }, i) => {
          const data = new Float32Array(this.memory.buffer, (base + offsets[i]) * 4, elementCount(dims));
          return [name, tensor('float32', dims, data)];
        }),
      );
    this.parameters = views(parameters, block.offsets, 0);
    this.gradients = views(parameters, block.offsets, block.end);
    this.scratch = views(scratch, extra.offsets, 0);
  }

  /** Byte address of the parameters. */
  get parameterAddress(): number {
    return 0;
  }

  /** Byte address of the gradients. */
  get gradientAddress(): number {
    return this.blockLength * 4;
  }

  /** Byte address of an optimizer state block. */
  slotAddress(slot: number): number {
    return this.blockLength * 4 * (2 + slot);
  }

  /** The state of one optimizer slot, by parameter name. */
  slot(slot: number): Map<string, Tensor<'float32'>> {
    const base = this.slotAddress(slot);
    return new Map(
      [...this.parameters].map(([name, { dims, data }]) => [
        name,
        tensor('float32', dims, new Float32Array(this.memory.buffer, base + data.byteOffset, data.length)),
      ]),
    );
  }
}

function layOut(shapes: readonly NamedShape[], start: number): { offsets: number[]; end: number } {
  const offsets: number[] = [];
  let end = start;
  for (const { dims } of shapes) {
    offsets.push(end);
    end += Math.ceil(elementCount(dims) / line) * line;
  }
  return { offsets, end };
}
