/** Control flow: bodies are graphs of their own that may read values of the surrounding graph. */
import { graphAttribute } from '../../onnx/attributes.ts';
import { allocate, elementCount, int64, type Tensor, tensor } from '../../tensor/tensor.ts';
import { type Kernel, type KernelTable, numbersOf, requiredInput, shapesDoNotFit } from './kernel.ts';

const branch: Kernel = (call) => {
  const chosen = numbersOf(requiredInput(call, 0))[0] !== 0 ? 'then_branch' : 'else_branch';
  return call.runSubgraph(graphAttribute(call.node, chosen), []);
};

/** Puts equal tensors along a new first axis. */
function stack(parts: readonly Tensor[], example: Pick<Tensor, 'dtype' | 'dims'>): Tensor {
  const size = elementCount(example.dims);
  const data = allocate(example.dtype, parts.length * size);
  // All parts have the element type of the first, so the arrays have one class.
  for (const [i, part] of parts.entries()) (data as Float64Array).set(part.data as Float64Array, i * size);
  return tensor(example.dtype, [parts.length, ...example.dims], data);
}

/**
 * `Loop(trips?, condition?, carried…)`: the body maps (iteration, condition, carried…) to
 * (condition, carried…, scanned…); scanned values of all iterations are stacked.
 */
const loop: Kernel = (call) => {
  const body = graphAttribute(call.node, 'body');
  const trips = call.inputs[0] === undefined ? Infinity : numbersOf(call.inputs[0])[0];
  let proceed = call.inputs[1] === undefined || numbersOf(call.inputs[1])[0] !== 0;
  let carried = call.inputs.slice(2).map((_, i) => requiredInput(call, i + 2));
  const scanned: Tensor[][] = body.outputs.slice(1 + carried.length).map(() => []);
  for (let iteration = 0; iteration < trips && proceed; iteration++) {
    const condition = tensor('bool', [], Uint8Array.of(Number(proceed)));
    const outputs = call.runSubgraph(body, [int64([], [iteration]), condition, ...carried]);
    proceed = numbersOf(outputs[0])[0] !== 0;
    for (const [i, list] of scanned.entries()) list.push(outputs[1 + carried.length + i]);
    carried = outputs.slice(1, 1 + carried.length);
  }
  const stacks = scanned.map((parts, i) => stack(parts, parts[0] ?? body.outputs[1 + carried.length + i]));
  if (carried.length + stacks.length < call.node.outputs.length) throw shapesDoNotFit(call);
  return [...carried, ...stacks];
};

export const controlKernels: KernelTable = { If: branch, Loop: loop };
