import type { GraphNode } from '../../onnx/graph.ts';
import type { PropagationRule } from '../propagation.ts';
import { activation } from './activation.ts';
import { arithmetic } from './arithmetic.ts';
import { softmax } from './attention.ts';
import { globalAveragePool, reduceMean } from './average.ts';
import { conv, convTranspose } from './convolution.ts';
import { gemm, matMul } from './linear.ts';
import {
  batchNormalization,
  groupNormalization,
  instanceNormalization,
  layerNormalization,
  rootMeanSquareNormalization,
} from './normalization.ts';
import { averagePool, globalMaxPool, maxPool } from './pooling.ts';
import { concat, gather, identity, moved, pad, where } from './shape.ts';

const every = (names: string, rule: PropagationRule): [string, PropagationRule][] =>
  names.split(' ').map((name) => [name, rule]);

const rules: ReadonlyMap<string, PropagationRule> = new Map([
  ...every('Gemm', gemm),
  ...every('MatMul', matMul),
  ...every('Conv', conv),
  ...every('ConvTranspose', convTranspose),
  ...every(
    'Relu LeakyRelu PRelu Elu Celu Selu Gelu FastGelu QuickGelu Swish Mish Sigmoid HardSigmoid',
    activation,
  ),
  ...every('HardSwish Tanh Softplus Softsign Erf Sin Cos Sinh Cosh Atan Clip ThresholdedRelu', activation),
  ...every('Neg Abs Exp Log Sqrt Reciprocal Sign Floor Round', activation),
  ...every('Add Sub Mul Div Min Max Pow Sum', arithmetic),
  ...every('ReduceMean ReduceSum', reduceMean),
  ...every('GlobalAveragePool', globalAveragePool),
  ...every('AveragePool', averagePool),
  ...every('MaxPool', maxPool),
  ...every('GlobalMaxPool', globalMaxPool),
  ...every('LayerNormalization', layerNormalization),
  ...every('RMSNormalization SimplifiedLayerNormalization', rootMeanSquareNormalization),
  ...every('GroupNormalization', groupNormalization),
  ...every('InstanceNormalization', instanceNormalization),
  ...every('BatchNormalization', batchNormalization),
  ...every('Softmax', softmax),
  ...every('Identity Cast Dropout', identity),
  ...every('Reshape Flatten Squeeze Unsqueeze Transpose Slice Split Expand Tile Resize Upsample', moved),
  ...every('DepthToSpace SpaceToDepth', moved),
  ...every('Concat', concat),
  ...every('Pad', pad),
  ...every('Gather', gather),
  ...every('Where', where),
]);

/** The rule of an operator, if theory has one. */
export function propagationRule({ operator }: GraphNode): PropagationRule | undefined {
  return rules.get(operator);
}
