import type { GraphBuilder } from '../../onnx/builder.ts';
import { elementCount } from '../../tensor/tensor.ts';

/** What one run of a graph costs, in parts that grow with the batch and parts that do not. */
export interface Work {
  /** Microseconds that calling the engine and its operators takes, whatever the sizes. */
  readonly fixed: number;
  /** Microseconds of arithmetic. */
  readonly arithmetic: number;
}

/**
 * Counts the work of a graph. The constants are those of one core of a server of 2024; what follows from them is the same on
 * every machine, as a time that is measured would not be.
 */
export function countWork(builder: GraphBuilder): Work {
  let arithmetic = 0;
  for (const { operator, inputs, outputs } of builder.nodes) {
    const made = outputs.reduce((sum, name) => sum + (name === '' ? 0 : elementCount(builder.dims(name))), 0);
    if (operator.startsWith('Conv')) {
      arithmetic += made * elementCount(builder.dims(inputs[1]).slice(1)) * 1.5e-4;
    } else if (operator === 'MatMul' || operator === 'Gemm') {
      // Of a product [m, k] [k, n] the elements of all three are m k, k n and m n.
      const [left, right] = [inputs[0], inputs[1]].map((name) => elementCount(builder.dims(name)));
      arithmetic += Math.sqrt(left * right * made) * 4e-5;
    } else arithmetic += made * 4e-4;
  }
  return { fixed: 200 + 3 * builder.nodes.length, arithmetic };
}
