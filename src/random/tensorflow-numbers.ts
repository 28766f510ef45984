/**
 * TensorFlow's numbers from Philox words, as its CPU kernels make them. Words come in groups of four, one counter each.
 *
 * @see tensorflow/core/lib/random/random_distributions.h and random_op_cpu.h
 */

import { glibcLogarithm } from './glibc-logarithm.ts';
import { cosine, sine } from './glibc-sine.ts';
import { advance, type PhiloxState, philoxBlock } from './philox.ts';
import type { RealArray } from './stream.ts';
import { logarithm, sineOrCosine } from './torch/normal-scalar.ts';

const fround = Math.fround;
const least = fround(1e-7);

/** Raw words. */
export function philoxWords(state: PhiloxState, out: Uint32Array): Uint32Array {
  const own = { key: state.key, counter: state.counter.slice() };
  const whole = out.length - (out.length % 4);
  for (let i = 0; i < whole; i += 4) {
    philoxBlock(own, out, i);
    advance(own.counter, 1);
  }
  const last = new Uint32Array(4);
  philoxBlock(own, last);
  out.set(last.subarray(0, out.length - whole), whole);
  return out;
}

/** Uniform numbers in [0, 1): 23 bits of a word, or 52 bits of two (the upper 20 bits from the first). */
export function philoxUniform<Out extends RealArray>(state: PhiloxState, out: Out): Out {
  if (out instanceof Float32Array) {
    const words = philoxWords(state, new Uint32Array(out.length));
    for (let i = 0; i < out.length; i++) out[i] = unitSingle(words[i]);
  } else {
    const words = philoxWords(state, new Uint32Array(2 * out.length));
    for (let i = 0; i < out.length; i++) out[i] = unitDouble(words[2 * i], words[2 * i + 1]);
  }
  return out;
}

/** Standard normal numbers by Box and Muller's method: sine first, then cosine. */
export function philoxNormal<Out extends RealArray>(state: PhiloxState, out: Out): Out {
  const own = { key: state.key, counter: state.counter.slice() };
  const words = new Uint32Array(4);
  const normals = new Float64Array(out instanceof Float32Array ? 4 : 2);
  for (let i = 0; i < out.length; i += normals.length) {
    philoxBlock(own, words);
    if (normals.length === 4) {
      pairOfSingles(words[0], words[1], normals, 0);
      pairOfSingles(words[2], words[3], normals, 2);
    } else pairOfDoubles(words, normals);
    for (let j = 0; j < normals.length && i + j < out.length; j++) out[i + j] = normals[j];
    advance(own.counter, 1);
  }
  return out;
}

/**
 * Standard normal numbers between -2 and 2. Each group of results (four singles or two doubles) has a stretch of words of
 * its own, 256 for each result, and takes pairs out of it until enough lie within the bounds.
 */
export function philoxTruncatedNormal<Out extends RealArray>(state: PhiloxState, out: Out): Out {
  const single = out instanceof Float32Array;
  const size = single ? 4 : 2;
  const pair = new Float64Array(2);
  const words = new Uint32Array(4);
  for (let start = 0; start < out.length; start += size) {
    const own = { key: state.key, counter: state.counter.slice() };
    advance(own.counter, (start / size) * size * 64);
    for (let found = 0, part = 0; found < size; part++) {
      // A pair of singles takes half of a block, a pair of doubles a whole one.
      const half = single ? part % 2 : 0;
      if (half === 0) {
        philoxBlock(own, words);
        advance(own.counter, 1);
      }
      if (single) pairOfSingles(words[2 * half], words[2 * half + 1], pair, 0);
      else pairOfDoubles(words, pair);
      for (const z of pair) {
        if (Math.abs(z) >= 2 || found === size) continue;
        if (start + found < out.length) out[start + found] = z;
        found++;
      }
    }
  }
  return out;
}

function unitSingle(word: number): number {
  return (word & 0x7fffff) * 1.1920928955078125e-7;
}

function unitDouble(upper: number, lower: number): number {
  return ((upper & 0xfffff) * 4294967296 + lower) * 2.220446049250313e-16;
}

function pairOfSingles(first: number, second: number, out: Float64Array, at: number): void {
  const u = Math.max(unitSingle(first), least);
  const theta = fround(2 * Math.PI * unitSingle(second));
  const radius = fround(Math.sqrt(-2 * logarithm(u)));
  out[at] = fround(sineOrCosine(theta, 0) * radius);
  out[at + 1] = fround(sineOrCosine(theta, 1) * radius);
}

function pairOfDoubles(words: Uint32Array, out: Float64Array): void {
  const u = Math.max(unitDouble(words[0], words[1]), 1e-7);
  const theta = 2 * Math.PI * unitDouble(words[2], words[3]);
  const radius = Math.sqrt(-2 * glibcLogarithm(u));
  out[0] = sine(theta) * radius;
  out[1] = cosine(theta) * radius;
}
