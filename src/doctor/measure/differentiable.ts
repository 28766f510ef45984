import { constantOperators, vjpRules } from '../../autodiff/index.ts';
import type { GraphBuilder } from '../../onnx/builder.ts';
import { valuesRead } from '../../onnx/captured.ts';

/** Values that a loss can be differentiated by, and the operators that stand in the way of the others. */
export interface Differentiable {
  readonly has: (value: string) => boolean;
  readonly missing: readonly string[];
}

/**
 * Looks from a value back: another value can be differentiated by if every operator on every way between them has a gradient
 * rule.
 * @param parameters values that gradients are wanted for: operators that none of them reaches stand in nobody's way
 */
export function differentiableTo(
  builder: GraphBuilder,
  output: string,
  parameters: Iterable<string>,
): Differentiable {
  const active = new Set(parameters);
  for (const node of builder.nodes) {
    if (constantOperators.has(node.operator) || ![...valuesRead(node)].some((value) => active.has(value)))
      continue;
    for (const value of node.outputs) if (value !== '') active.add(value);
  }
  const reaches = new Set([output]);
  const blocked = new Set<string>();
  const missing = new Set<string>();
  for (const node of [...builder.nodes].reverse()) {
    const on = node.outputs.filter((value) => reaches.has(value));
    if (on.length === 0 || constantOperators.has(node.operator)) continue;
    const known = Object.hasOwn(vjpRules, node.operator);
    const block = !known || on.some((value) => blocked.has(value));
    for (const input of valuesRead(node)) {
      const { dtype } = builder.type(input);
      if (dtype !== 'float32' && dtype !== 'float64') continue;
      reaches.add(input);
      if (block) blocked.add(input);
      if (!known && active.has(input)) missing.add(node.operator);
    }
  }
  return { has: (value) => !blocked.has(value), missing: [...missing] };
}
