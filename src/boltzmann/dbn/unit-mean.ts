import { OutsetError } from '../../messages/error.ts';
import type { GraphBuilder } from '../../onnx/builder.ts';
import { float32 } from '../../tensor/tensor.ts';
import type { LayerParameters } from '../rbm.ts';
import { stateWidth, type UnitSpec } from '../units/unit-spec.ts';

/** Units whose mean given the other layer is an activation function. */
const meanKinds = ['bernoulli', 'spin', 'potts', 'gaussian', 'nrelu'] as const;

/**
 * Appends the mean of a layer given its inputs x = Wᵀ v + bias, [batch, stateWidth]:
 *
 *   bernoulli  sigmoid(x)        spin  tanh(x)        potts  softmax over the states of each unit
 *   gaussian   x exp(-logPrecision)                   nrelu  max(0, x), without the noise (Nair & Hinton 2010)
 *
 * @throws dbn.unsupported_units for truncated normal units, whose mean is no activation of a network
 */
export function appendUnitMean(
  builder: GraphBuilder,
  units: UnitSpec,
  parameters: LayerParameters,
  x: string,
  where: { readonly what: string; readonly layer: number },
): string {
  switch (units.kind) {
    case 'bernoulli':
      return builder.op('Sigmoid', [x]);
    case 'spin':
      return builder.op('Tanh', [x]);
    case 'potts': {
      const [batch] = builder.dims(x);
      const split = builder.op('Reshape', [x, builder.ints([batch, units.count, units.states])]);
      const softmax = builder.op('Softmax', [split], { axis: 2 });
      return builder.op('Reshape', [softmax, builder.ints([batch, stateWidth(units)])]);
    }
    case 'gaussian': {
      const variance = varianceOf(parameters, units.count);
      return builder.op('Mul', [x, builder.constant(float32([units.count], variance))]);
    }
    case 'nrelu':
      return builder.op('Relu', [x]);
    case 'relu':
      throw new OutsetError('dbn.unsupported_units', { ...where, kind: units.kind, names: meanKinds });
  }
}

/** exp(-logPrecision) of each Gaussian unit; 1 where no precision is learned. */
export function varianceOf({ logPrecision }: LayerParameters, count: number): Float32Array {
  if (logPrecision === undefined) return new Float32Array(count).fill(1);
  return Float32Array.from(logPrecision, (value) => Math.exp(-value));
}
