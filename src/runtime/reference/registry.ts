import type { GraphNode } from '../../onnx/graph.ts';
import { activationKernels } from './activation.ts';
import { controlKernels } from './control.ts';
import { convolutionKernels } from './convolution.ts';
import { depthSpaceKernels } from './depth-space.ts';
import { einsum } from './einsum.ts';
import { elementwiseKernels } from './elementwise.ts';
import { indexingKernels } from './indexing.ts';
import type { Kernel } from './kernel.ts';
import { matrixKernels } from './matrix.ts';
import { normalizationKernels } from './normalization.ts';
import { poolingKernels } from './pooling.ts';
import { reductionKernels } from './reduction.ts';
import { resizeKernels } from './resize.ts';
import { shapeKernels } from './shape.ts';
import { topK } from './top-k.ts';
import { trigonometryKernels } from './trigonometry.ts';

const kernels: ReadonlyMap<string, Kernel> = new Map(
  Object.entries({
    ...elementwiseKernels,
    ...trigonometryKernels,
    ...activationKernels,
    ...matrixKernels,
    Einsum: einsum,
    ...convolutionKernels,
    ...poolingKernels,
    ...normalizationKernels,
    ...reductionKernels,
    ...shapeKernels,
    ...depthSpaceKernels,
    ...indexingKernels,
    TopK: topK,
    ...resizeKernels,
    ...controlKernels,
  }),
);

/** Operators that the interpreter has; those outside the standard set carry their domain, e.g. `com.microsoft.FusedMatMul`. */
export const referenceOperators: readonly string[] = [...kernels.keys()].sort();

/** The kernel of a node, if the interpreter has one. */
export function kernelOf(node: GraphNode): Kernel | undefined {
  return kernels.get(node.domain === '' ? node.operator : `${node.domain}.${node.operator}`);
}
