/** Conv and ConvTranspose: the dense map at every place, tap by tap; taps in the padding are missing. */
import { intAttribute } from '../../onnx/attributes.ts';
import type { GraphNode } from '../../onnx/graph.ts';
import { resolveTransposedWindow, resolveWindow } from '../../onnx/window.ts';
import { elementCount, type Tensor } from '../../tensor/tensor.ts';
import type { Propagation, PropagationRule } from '../propagation.ts';
import { average } from '../signal.ts';
import { linear } from './linear.ts';
import { type PlaceTable, placeTable, transposedPlaceTable } from './place-table.ts';
import { type WeightView, weightMoments } from './weight-moments.ts';

export const conv: PropagationRule = (propagation, node) => {
  const weight = propagation.constants.get(node.inputs[1]);
  if (weight === undefined) return false;
  const groups = intAttribute(node, 'group', 1);
  const [outputs, inputs] = weight.dims;
  const taps = elementCount(weight.dims.slice(2));
  const perGroup = outputs / groups;
  const table = placeTable(
    resolveWindow(node, propagation.dims(node.inputs[0]).slice(2), weight.dims.slice(2)),
    propagation.dims(node.inputs[0]).slice(2),
  );
  return convolve(propagation, node, weight, table, {
    groups,
    outputs: perGroup,
    inputs,
    taps,
    index: (g, o, i, t) => ((g * perGroup + o) * inputs + i) * taps + t,
  });
};

export const convTranspose: PropagationRule = (propagation, node) => {
  const weight = propagation.constants.get(node.inputs[1]);
  if (weight === undefined) return false;
  const groups = intAttribute(node, 'group', 1);
  const [inputs, outputs] = weight.dims;
  const taps = elementCount(weight.dims.slice(2));
  const perGroup = inputs / groups;
  const input = propagation.dims(node.inputs[0]).slice(2);
  const table = transposedPlaceTable(resolveTransposedWindow(node, input, weight.dims.slice(2)), input);
  return convolve(propagation, node, weight, table, {
    groups,
    outputs,
    inputs: perGroup,
    taps,
    index: (g, o, i, t) => ((g * perGroup + i) * outputs + o) * taps + t,
  });
};

function convolve(
  propagation: Propagation,
  node: GraphNode,
  weight: Tensor,
  table: PlaceTable,
  view: WeightView,
): boolean {
  const input = propagation.mapped(node.inputs[0]);
  const biasName = node.inputs[2] ?? '';
  const bias = biasName === '' ? undefined : propagation.constants.get(biasName);
  if (input === undefined || (biasName !== '' && bias === undefined)) return false;
  const name = node.outputs[0];
  const places = elementCount(propagation.dims(name).slice(2));
  linear(propagation, name, {
    input,
    moments: weightMoments(weight, view),
    factor: 1,
    bias,
    biasFactor: 1,
    units: propagation.dims(name)[1],
    places,
    gather: (list, taps) => gather(table, list, taps),
    scatter: (list, taps) => scatter(table, list, taps),
  });
  return true;
}

/** At each output place, the sum over taps of taps[t] list[place that the tap reads]. */
function gather(table: PlaceTable, list: Float64Array, taps: Float64Array): Float64Array {
  const { outputs, inputs, pairs } = table;
  if (pairs === undefined || (list.length === 1 && table.inner)) {
    const total = taps.reduce((sum, tap) => sum + tap, 0);
    return Float64Array.of(total * average(list) * table.reached);
  }
  const even = list.length === inputs ? undefined : average(list);
  const result = new Float64Array(outputs);
  for (let k = 0; k < pairs.length; k += 3)
    result[pairs[k]] += taps[pairs[k + 2]] * (even ?? list[pairs[k + 1]]);
  return result;
}

/** At each input place, the sum over the outputs that read it. */
function scatter(table: PlaceTable, list: Float64Array, taps: Float64Array): Float64Array {
  const { outputs, inputs, pairs } = table;
  if (pairs === undefined) {
    const total = taps.reduce((sum, tap) => sum + tap, 0);
    return Float64Array.of((total * average(list) * table.reached * outputs) / inputs);
  }
  const even = list.length === outputs ? undefined : average(list);
  const result = new Float64Array(inputs);
  for (let k = 0; k < pairs.length; k += 3)
    result[pairs[k + 1]] += taps[pairs[k + 2]] * (even ?? list[pairs[k]]);
  return result;
}
