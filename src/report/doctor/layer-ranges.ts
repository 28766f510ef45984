import type { LayerValues } from './layer-values.ts';

/** Neighbours that are alike: same kind, same fans, same findings. */
export interface LayerRange {
  readonly layers: readonly LayerValues[];
}

/** Folds neighbours that are alike into ranges, first to last. */
export function foldLayers(layers: readonly LayerValues[]): LayerRange[] {
  const ranges: LayerValues[][] = [];
  for (const layer of layers) {
    const current = ranges.at(-1);
    if (current !== undefined && likeness(current[0]) === likeness(layer)) current.push(layer);
    else ranges.push([layer]);
  }
  return ranges.map((members) => ({ layers: members }));
}

/**
 * Folds until at most `most` lines are left: alike neighbours first, then neighbours of the same severity, then the
 * shortest neighbours together.
 */
export function foldLayersTo(layers: readonly LayerValues[], most: number): LayerRange[] {
  let ranges = foldLayers(layers);
  if (ranges.length > most) ranges = merged(ranges, (a, b) => a.severity === b.severity);
  while (ranges.length > Math.max(1, most)) {
    let at = 0;
    let shortest = Number.POSITIVE_INFINITY;
    for (let i = 0; i + 1 < ranges.length; i++) {
      const together = ranges[i].layers.length + ranges[i + 1].layers.length;
      if (together < shortest) [shortest, at] = [together, i];
    }
    const pair = { layers: [...ranges[at].layers, ...ranges[at + 1].layers] };
    ranges = [...ranges.slice(0, at), pair, ...ranges.slice(at + 2)];
  }
  return ranges;
}

function merged(
  ranges: readonly LayerRange[],
  alike: (a: LayerValues, b: LayerValues) => boolean,
): LayerRange[] {
  const result: LayerValues[][] = [];
  for (const { layers } of ranges) {
    const current = result.at(-1);
    if (current !== undefined && alike(current[0], layers[0])) current.push(...layers);
    else result.push([...layers]);
  }
  return result.map((members) => ({ layers: members }));
}

function likeness({ type, activation, fanIn, fanOut, findings }: LayerValues): string {
  return JSON.stringify([type, activation, fanIn, fanOut, findings]);
}
