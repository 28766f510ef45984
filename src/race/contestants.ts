import type { RaceSpec } from './result.ts';

/** One network in a race: a start and a seed. */
export interface Contestant {
  /** Unique in the race and safe as a file name, e.g. `glorot-uniform-seed0`. */
  readonly id: string;
  readonly start: string;
  readonly seed: number;
}

/** All contestants of a race; every start with the first seed, then every start with the second, ... */
export function contestantsOf(spec: RaceSpec): Contestant[] {
  const taken = new Set<string>();
  return spec.seeds.flatMap((seed) =>
    spec.starts.map((start) => {
      const base = `${fileName(start)}-seed${seed}`;
      let id = base;
      for (let i = 2; taken.has(id); i++) id = `${base}-${i}`;
      taken.add(id);
      return { id, start, seed };
    }),
  );
}

/** `normal(std=0.01)` -> `normal-std-0.01`. */
function fileName(start: string): string {
  return start
    .replaceAll(/[^A-Za-z0-9.]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80);
}
