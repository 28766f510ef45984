import { denseInOut, parameterShape } from '../../initializers/fans.ts';
import { elementCount } from '../../tensor/tensor.ts';
import { appendActivation } from '../activations.ts';
import type { LayerPlan, LayerSite, NetworkPlan } from '../plan.ts';
import type { DenseSpec } from '../spec.ts';

/**
 * Fully connected: y = activation(x W + b), W [inputs, units], b [units]. An input of more than one axis is flattened
 * first.
 *
 * One `Gemm` node: in onnxruntime it is as fast as MatMul + Add forward, and its gradients are two more Gemms that
 * read W and x transposed in place.
 */
export function planDense(plan: NetworkPlan, spec: DenseSpec, { input }: LayerSite): LayerPlan {
  const name = plan.nameOf(spec);
  const inputs = elementCount(input);
  const activation = spec.activation ?? 'linear';
  const weightShape = parameterShape({
    name: `${name}.weight`,
    dims: [inputs, spec.units],
    layout: denseInOut,
  });
  const weight = plan.parameter(weightShape);
  const { fanIn, fanOut } = weightShape;
  const bias =
    spec.bias === false
      ? undefined
      : plan.parameter({ name: `${name}.bias`, role: 'bias', dims: [spec.units], fanIn, fanOut });
  const preActivation = `${name}.pre-activation`;
  const output = activation === 'linear' ? preActivation : `${name}.output`;
  plan.layer({
    name,
    type: 'dense',
    weight,
    ...(bias === undefined ? {} : { bias }),
    activation,
    preActivation,
    output,
  });
  return {
    name,
    outputDims: [spec.units],
    emit({ builder }, value) {
      const flat = input.length === 1 ? value : builder.op('Flatten', [value], { axis: 1 });
      const factors = bias === undefined ? [flat, weight] : [flat, weight, bias];
      builder.op('Gemm', factors, {}, { name, output: preActivation });
      return appendActivation(builder, activation, preActivation, { output });
    },
  };
}
