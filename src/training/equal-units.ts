import type { ParameterShape } from '../initializers/initializer.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Groups of at least two units, and the number of units in them. */
export interface EqualUnits {
  readonly groups: number;
  readonly units: number;
}

/**
 * Finds units (columns of a dense weight, output channels of a convolution) whose incoming weights and bias are equal
 * bit for bit. Such units compute the same thing, and where their outgoing weights are equal too they learn the same
 * thing: the layer is as good as narrower.
 */
export function equalUnits(
  shape: ParameterShape,
  weight: Tensor<'float32'>,
  bias: Tensor<'float32'> | undefined,
): EqualUnits {
  const outAxis = shape.layout?.outAxis ?? shape.dims.length - 1;
  const units = shape.dims[outAxis];
  // Seen as [outer, units, inner]: dense is [in, units, 1], convolution [1, units, rest].
  const outer = shape.dims.slice(0, outAxis).reduce((a, b) => a * b, 1);
  const inner = shape.dims.slice(outAxis + 1).reduce((a, b) => a * b, 1);
  const words = new Uint32Array(weight.data.buffer, weight.data.byteOffset, weight.data.length);
  const biasWords =
    bias === undefined
      ? undefined
      : new Uint32Array(bias.data.buffer, bias.data.byteOffset, bias.data.length);
  const hashes = hashUnits(words, outer, units, inner, biasWords);
  const byHash = new Map<number, number[]>();
  for (let unit = 0; unit < units; unit++) {
    const others = byHash.get(hashes[unit]);
    if (others === undefined) byHash.set(hashes[unit], [unit]);
    else others.push(unit);
  }
  const same = (a: number, b: number): boolean => {
    if (biasWords !== undefined && biasWords[a] !== biasWords[b]) return false;
    for (let o = 0; o < outer; o++) {
      const row = o * units;
      for (let i = 0; i < inner; i++) {
        if (words[(row + a) * inner + i] !== words[(row + b) * inner + i]) return false;
      }
    }
    return true;
  };
  let groups = 0;
  let grouped = 0;
  for (const candidates of byHash.values()) {
    for (const size of classSizes(candidates, same)) {
      if (size < 2) continue;
      groups += 1;
      grouped += size;
    }
  }
  return { groups, units: grouped };
}

/** FNV-1a over the words of each unit. */
function hashUnits(
  words: Uint32Array,
  outer: number,
  units: number,
  inner: number,
  bias: Uint32Array | undefined,
): Int32Array {
  const hashes = new Int32Array(units).fill(0x811c9dc5 | 0);
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (let unit = 0; unit < units; unit++) {
      let hash = hashes[unit];
      for (let i = 0; i < inner; i++) {
        hash = Math.imul(hash ^ words[at], 0x01000193);
        hash ^= hash >>> 15;
        at += 1;
      }
      hashes[unit] = hash;
    }
  }
  if (bias !== undefined) {
    for (let unit = 0; unit < units; unit++) hashes[unit] = Math.imul(hashes[unit] ^ bias[unit], 0x01000193);
  }
  return hashes;
}

/** Sizes of the classes of really equal units among those of one hash. */
function classSizes(units: readonly number[], same: (a: number, b: number) => boolean): number[] {
  const leaders: number[] = [];
  const sizes: number[] = [];
  for (const unit of units) {
    const found = leaders.findIndex((leader) => same(leader, unit));
    if (found >= 0) sizes[found] += 1;
    else {
      leaders.push(unit);
      sizes.push(1);
    }
  }
  return sizes;
}

/**
 * True if the weights of the next layer that read each of `units` are the same for all of them, bit for bit. Where an
 * image was flattened in between, a unit is read by as many rows as it has pixels.
 *
 * @param shape the next layer's weight; its inputs are a whole multiple of `units`, in order
 * @returns undefined where the question has no simple answer: grouped convolutions, layers that do not adjoin
 */
export function equalOutgoing(
  shape: ParameterShape,
  weight: Tensor<'float32'>,
  units: number,
): boolean | undefined {
  const { layout, dims } = shape;
  if (layout === undefined || layout.groups > 1 || dims[layout.inAxis] % units !== 0) return undefined;
  const outer = dims.slice(0, layout.inAxis).reduce((a, b) => a * b, 1);
  const block = (dims.slice(layout.inAxis).reduce((a, b) => a * b, 1) / units) | 0;
  const words = new Uint32Array(weight.data.buffer, weight.data.byteOffset, weight.data.length);
  for (let o = 0; o < outer; o++) {
    const start = o * units * block;
    for (let i = block; i < units * block; i++) {
      if (words[start + i] !== words[start + i - block]) return false;
    }
  }
  return true;
}
