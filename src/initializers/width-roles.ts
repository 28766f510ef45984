/**
 * Which dimensions of a weight grow when a network is made wider: what muP and the spectral condition ask.
 */
import { weightsOf } from './by-parameter.ts';
import type { ParameterShape } from './initializer.ts';
import { transformerName } from './transformer-names.ts';

/** Input weights grow on their outputs, hidden ones on both sides, output weights on their inputs. */
export type WidthRole = 'input' | 'hidden' | 'output';

/**
 * The role of every weight: embeddings and the first weight are inputs, heads and the last weight outputs, all between
 * hidden. A model of a single weight has an input only.
 */
export function widthRoles(parameters: readonly ParameterShape[]): Map<string, WidthRole> {
  const weights = weightsOf(parameters);
  const parts = new Map(weights.map(({ name }) => [name, transformerName(name).part]));
  const isInput = (name: string) => ['embedding', 'position', 'class-token'].includes(parts.get(name) ?? '');
  const named = weights.some(({ name }) => isInput(name));
  const heads = weights.filter(({ name }) => parts.get(name) === 'head');
  return new Map(
    weights.map(({ name }, i): [string, WidthRole] => {
      if (isInput(name) || (!named && i === 0)) return [name, 'input'];
      const last = heads.length > 0 ? parts.get(name) === 'head' : i === weights.length - 1;
      return [name, last ? 'output' : 'hidden'];
    }),
  );
}
