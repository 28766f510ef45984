/** What a model expects of its inputs, by the scaler that stands behind them. */
import { hasAttribute, numbersAttribute } from '../../../onnx/attributes.ts';
import type { SubjectInput } from '../../subject.ts';
import type { GraphIndex } from './graph-index.ts';

/**
 * Means and deviations that `Scaler` (scikit-learn), (x - offset) scale, takes to 0 and 1; undefined for other inputs.
 * @see onnx operators, ai.onnx.ml.Scaler
 */
export function usualInput(index: GraphIndex, input: string): SubjectInput['usual'] {
  const reader = index.onlyReader(input);
  const node = reader === undefined ? undefined : index.node(reader.position);
  if (node?.operator !== 'Scaler' || node.domain !== 'ai.onnx.ml') return undefined;
  if (!hasAttribute(node, 'offset') || !hasAttribute(node, 'scale')) return undefined;
  const means = numbersAttribute(node, 'offset');
  const scales = numbersAttribute(node, 'scale');
  const features = index.dims(input).at(-1);
  const fits = [means, scales].every(({ length }) => length === 1 || length === features);
  const valid = [...means, ...scales].every(Number.isFinite) && scales.every((scale) => scale > 0);
  return fits && valid ? { means, deviations: scales.map((scale) => 1 / scale) } : undefined;
}
