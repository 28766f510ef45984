import { denseInOut, parameterShape } from '../../initializers/fans.ts';
import { OutsetError } from '../../messages/error.ts';
import type { Dims } from '../../tensor/tensor.ts';
import {
  type EmitContext,
  formatPath,
  type LayerPlan,
  type LayerSite,
  type NetworkPlan,
  type SpecPath,
} from '../plan.ts';
import type { LayerSpec, ResidualSpec } from '../spec.ts';
import { declareConv } from './conv.ts';

type PlanLayers = (
  plan: NetworkPlan,
  specs: readonly LayerSpec[],
  input: Dims,
  path: SpecPath,
) => LayerPlan[];

/**
 * Residual block (He et al. 2016): y = shortcut(x) + scale * layers(x), the scale a number or a learned one (`<name>.scale`). The shortcut is x itself; where the shapes
 * differ it is a learned projection without bias, `<name>.projection`: a dense map, or a 1x1 convolution whose stride
 * shrinks the image as the inner layers do (option B of the paper).
 */
export function planResidual(
  plan: NetworkPlan,
  spec: ResidualSpec,
  site: LayerSite,
  planLayers: PlanLayers,
): LayerPlan {
  const name = plan.nameOf(spec);
  const before = { layers: plan.layers.length, parameters: plan.parameters.length };
  const inner = planLayers(plan, spec.layers, site.input, [...site.path, 'layers']);
  const branch = {
    layers: plan.layers.slice(before.layers).map((layer) => layer.name),
    parameters: plan.parameters.slice(before.parameters).map((parameter) => parameter.name),
  };
  const outputDims = inner[inner.length - 1].outputDims;
  plan.close();
  const same = outputDims.length === site.input.length && outputDims.every((n, i) => n === site.input[i]);
  const shortcut = same ? undefined : planProjection(plan, name, site, outputDims);
  const fixed = typeof spec.scale === 'number' ? spec.scale : 1;
  const learned =
    spec.scale === 'learned'
      ? plan.parameter(parameterShape({ name: `${name}.scale`, role: 'scale', dims: [1] }))
      : undefined;
  plan.blocks.push({
    name,
    ...branch,
    ...(same ? {} : { projection: `${name}.projection` }),
    ...(learned === undefined ? {} : { scale: learned }),
  });
  return {
    name,
    outputDims,
    emit(context, input) {
      const { builder } = context;
      let value = input;
      for (const layer of inner) value = layer.emit(context, value);
      if (learned !== undefined) value = builder.op('Mul', [value, learned]);
      else if (fixed !== 1) value = builder.op('Mul', [value, builder.scalar(fixed)]);
      const passed = shortcut === undefined ? input : shortcut(context, input);
      return builder.op('Add', [passed, value], {}, { name, output: `${name}.output` });
    },
  };
}

function planProjection(
  plan: NetworkPlan,
  block: string,
  { input, path }: LayerSite,
  output: Dims,
): (context: EmitContext, value: string) => string {
  const name = `${block}.projection`;
  const preActivation = `${name}.output`;
  const declareLayer = (weight: string) => {
    plan.layer({
      name,
      type: 'residual',
      weight,
      activation: 'linear',
      preActivation,
      output: preActivation,
    });
    plan.close();
  };
  if (input.length === 1 && output.length === 1) {
    const dims = [input[0], output[0]];
    const weight = plan.parameter(parameterShape({ name: `${name}.weight`, dims, layout: denseInOut }));
    declareLayer(weight);
    return ({ builder }, value) => builder.op('Gemm', [value, weight], {}, { name, output: preActivation });
  }
  const stride = input.length === 3 && output.length === 3 ? strideBetween(input, output) : undefined;
  if (stride === undefined) {
    throw new OutsetError(
      'network.residual_shape',
      { layer: block, where: formatPath(path), input: [...input], inner: [...output] },
      { path },
    );
  }
  const { weight } = declareConv(plan, name, {
    dims: [output[0], input[0], 1, 1],
    groups: 1,
    stride,
    bias: false,
  });
  declareLayer(weight);
  return ({ builder }, value) =>
    builder.op(
      'Conv',
      [value, weight],
      { kernel_shape: [1, 1], strides: stride },
      { name, output: preActivation },
    );
}

/** The stride with which a 1x1 window visits exactly the output's pixels: ceil(input / stride) = output. */
function strideBetween(input: Dims, output: Dims): [number, number] | undefined {
  const stride = [1, 2].map((axis) => Math.ceil(input[axis] / output[axis]));
  const fits = [1, 2].every((axis, i) => Math.ceil(input[axis] / stride[i]) === output[axis]);
  return fits ? [stride[0], stride[1]] : undefined;
}
