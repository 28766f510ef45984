import type { RealArray } from './stream.ts';

const chunk = 4096;

/** Fills `out` with shift + scale * draw, computed in double precision and rounded once. */
export function scaledDraws<Out extends RealArray>(
  out: Out,
  shift: number,
  scale: number,
  draw: (part: Float64Array) => Float64Array,
): Out {
  if (shift === 0 && scale === 1 && out instanceof Float64Array) {
    draw(out);
    return out;
  }
  const part = new Float64Array(Math.min(chunk, out.length));
  for (let start = 0; start < out.length; start += chunk) {
    const count = Math.min(chunk, out.length - start);
    draw(count === part.length ? part : part.subarray(0, count));
    for (let i = 0; i < count; i++) out[start + i] = shift + scale * part[i];
  }
  return out;
}
