import { stringAttribute } from '../../onnx/attributes.ts';
import { parseEquation } from '../../onnx/operators/equation.ts';
import { strides } from '../../tensor/tensor.ts';
import { fromNumbers, type Kernel, numbersOf, requiredInput, shapesDoNotFit } from './kernel.ts';
import { strideOffsets } from './offsets.ts';

/** out[output letters] = Σ over the other letters of the product of all operands; axes of length 1 stretch. */
export const einsum: Kernel = (call) => {
  const operands = call.inputs.map((_, i) => requiredInput(call, i));
  const equation = parseEquation(
    stringAttribute(call.node, 'equation'),
    operands.map(({ dims }) => dims.length),
  );
  if (equation === undefined) throw shapesDoNotFit(call);
  const lengths = new Map<string, number>();
  for (const [i, letters] of equation.inputs.entries()) {
    for (const [axis, letter] of letters.entries()) {
      const length = operands[i].dims[axis];
      const known = lengths.get(letter) ?? 1;
      if (known !== 1 && length !== 1 && known !== length) throw shapesDoNotFit(call);
      lengths.set(letter, known === 1 ? length : known);
    }
  }
  const summed = [...lengths.keys()].filter((letter) => !equation.output.includes(letter));
  const dimsOf = (letters: readonly string[]) => letters.map((letter) => lengths.get(letter) ?? 1);
  const parts = operands.map((operand, i) => {
    const own = strides(operand.dims);
    // A letter may occur twice in one operand (a diagonal): its steps add up.
    const step = (letter: string) =>
      own.reduce(
        (sum, stride, axis) =>
          equation.inputs[i][axis] === letter && operand.dims[axis] !== 1 ? sum + stride : sum,
        0,
      );
    return {
      numbers: numbersOf(operand),
      starts: strideOffsets(dimsOf(equation.output), equation.output.map(step)),
      shifts: strideOffsets(dimsOf(summed), summed.map(step)),
    };
  });
  const result = new Float64Array(parts[0].starts.length);
  for (let o = 0; o < result.length; o++) {
    for (let s = 0; s < parts[0].shifts.length; s++) {
      let product = 1;
      for (const { numbers, starts, shifts } of parts) product *= numbers[starts[o] + shifts[s]];
      result[o] += product;
    }
  }
  return [fromNumbers(operands[0].dtype, dimsOf(equation.output), result)];
};
