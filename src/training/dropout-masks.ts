import type { MaskShape } from '../network/network.ts';
import type { Stream } from '../random/stream.ts';
import { elementCount } from '../tensor/tensor.ts';

/**
 * Fills dropout masks: 1 / keep with probability `keep`, else 0. A mask depends only on the stream, its name and
 * the step: value i is kept where word i of `stream.child(name).child(step)` is below keep * 2^32.
 */
export class DropoutMasks {
  readonly #masks: {
    stream: Stream;
    threshold: number;
    value: number;
    words: Uint32Array;
    out: Float32Array;
  }[];

  /** @param targets memory of each mask, by name */
  constructor(masks: readonly MaskShape[], stream: Stream, targets: ReadonlyMap<string, Float32Array>) {
    this.#masks = masks.map(({ name, dims, keep }) => ({
      stream: stream.child(name),
      threshold: keep * 2 ** 32,
      value: 1 / keep,
      words: new Uint32Array(elementCount(dims)),
      out: targets.get(name)!,
    }));
  }

  fill(step: number): void {
    for (const { stream, threshold, value, words, out } of this.#masks) {
      stream.child(step).bits(words);
      for (let i = 0; i < words.length; i++) out[i] = words[i] < threshold ? value : 0;
    }
  }
}
