import { OutsetError } from '../../messages/error.ts';
import { intAttribute, stringAttribute } from '../../onnx/attributes.ts';
import { resolveSlice } from '../../onnx/operators/indexing.ts';
import { type Dims, elementCount } from '../../tensor/tensor.ts';
import type { VjpContext, VjpRules } from '../vjp.ts';
import { pad } from './pad.ts';

/** Gradients of operators that pick elements: cotangents go back to where the elements came from and add up there. */
export const indexingRules: VjpRules = {
  Slice: (context) => [slice(context)],
  Gather: (context) => [gather(context)],
  GatherElements(context) {
    const axis = intAttribute(context.node, 'axis', 0);
    const updates = [context.zeros(context.dims(0)), context.input(1), context.gradient];
    return [context.op('ScatterElements', updates, { axis, reduction: 'add' })];
  },
  GatherND(context) {
    if (intAttribute(context.node, 'batch_dims', 0) !== 0) {
      throw unsupported(context, 'batch_dims > 0', 'GatherElements');
    }
    return [scatterAdd(context, context.dims(0), context.input(1), context.gradient)];
  },
  ScatterElements(context) {
    const axis = intAttribute(context.node, 'axis', 0);
    const added = overwrites(context) === false;
    return [
      context.needs(0) && !added
        ? context.op(
            'ScatterElements',
            [context.gradient, context.input(1), context.zeros(context.dims(2))],
            {
              axis,
            },
          )
        : context.gradient,
      undefined,
      context.needs(2)
        ? context.op('GatherElements', [context.gradient, context.input(1)], { axis })
        : undefined,
    ];
  },
  ScatterND(context) {
    const added = overwrites(context) === false;
    return [
      context.needs(0) && !added
        ? context.op('ScatterND', [context.gradient, context.input(1), context.zeros(context.dims(2))])
        : context.gradient,
      undefined,
      context.needs(2) ? context.op('GatherND', [context.gradient, context.input(1)]) : undefined,
    ];
  },
  TopK(context) {
    const axis = intAttribute(context.node, 'axis', -1);
    const indices = context.node.outputs[1] ?? '';
    if (indices === '') throw unsupported(context, 'Indices = ""', 'TopK(..., 2 outputs)');
    const updates = [context.zeros(context.dims(0)), indices, context.gradient];
    return [context.op('ScatterElements', updates, { axis, reduction: 'add' })];
  },
  Trilu(context) {
    const offset = context.has(1) ? [context.gradient, context.input(1)] : [context.gradient];
    return [context.op('Trilu', offset, { upper: intAttribute(context.node, 'upper', 1) })];
  },
  CumSum(context) {
    return [
      context.op('CumSum', [context.gradient, context.input(1)], {
        exclusive: intAttribute(context.node, 'exclusive', 0),
        reverse: 1 - intAttribute(context.node, 'reverse', 0),
      }),
    ];
  },
  Pad: (context) => pad(context),
};

/** True for reduction none, false for add. With none, positions written twice are undefined in ONNX itself. */
function overwrites(context: VjpContext): boolean {
  const reduction = stringAttribute(context.node, 'reduction', 'none');
  if (reduction !== 'none' && reduction !== 'add') {
    throw unsupported(context, `reduction = ${reduction}`, 'reduction = add');
  }
  return reduction === 'none';
}

/** Zeros of a shape with the updates added at the index tuples. */
function scatterAdd(context: VjpContext, dims: Dims, indices: string, updates: string): string {
  return context.op('ScatterND', [context.zeros(dims), indices, updates], { reduction: 'add' });
}

/** Rows of a matrix [outer, length, inner], also read twice: the axis goes first, so that whole rows are added. */
function gather(context: VjpContext): string {
  const dims = context.dims(0);
  const axis = intAttribute(context.node, 'axis', 0);
  const at = axis < 0 ? axis + dims.length : axis;
  const count = elementCount(context.dims(1));
  const outer = elementCount(dims.slice(0, at));
  const inner = elementCount(dims.slice(at + 1));
  if (count === 0 || outer * inner === 0) return context.zeros(dims);
  const indices = context.cast(context.reshape(context.input(1), [count, 1]), 'int64');
  const rows = context.transpose(context.reshape(context.gradient, [outer, count, inner]), [1, 0, 2]);
  const sum = scatterAdd(context, [dims[at], outer, inner], indices, rows);
  return context.reshape(context.transpose(sum, [1, 0, 2]), dims);
}

/** Puts the elements back at start, start + step, ... of each axis and zeros everywhere else. */
function slice(context: VjpContext): string {
  const dims = context.dims(0);
  const [starts, ends] = [context.ints(1) ?? [], context.ints(2) ?? []];
  const axes = context.ints(3) ?? starts.map((_, i) => i);
  const steps = context.ints(4) ?? starts.map(() => 1);
  let value = context.gradient;
  const before = dims.map(() => 0);
  const after = dims.map(() => 0);
  for (const range of resolveSlice(dims, starts, ends, axes, steps)) {
    const { axis, count } = range;
    if (count === 0) return context.zeros(dims);
    const step = Math.abs(range.step);
    // A step back is the same elements in reverse order.
    const start = range.step < 0 ? range.start - (count - 1) * step : range.start;
    if (range.step < 0 && count > 1) value = reversed(context, value, axis);
    if (step > 1 && count > 1) value = withGaps(context, value, axis, step);
    before[axis] = start;
    after[axis] = dims[axis] - start - ((count - 1) * step + 1);
  }
  if ([...before, ...after].every((length) => length === 0)) return value;
  return context.op('Pad', [value, context.builder.ints([...before, ...after])]);
}

function reversed(context: VjpContext, value: string, axis: number): string {
  const length = context.builder.dims(value)[axis];
  const ints = (number: number) => context.builder.ints([number]);
  return context.op('Slice', [value, ints(length - 1), ints(-length - 1), ints(axis), ints(-1)]);
}

/** a, b, c -> a, 0, b, 0, c for step 2. */
function withGaps(context: VjpContext, value: string, axis: number, step: number): string {
  const dims = context.builder.dims(value);
  const ints = (numbers: readonly number[]) => context.builder.ints(numbers);
  const column = context.reshape(value, [...dims.slice(0, axis + 1), 1, ...dims.slice(axis + 1)]);
  const pads = new Array<number>(2 * (dims.length + 1)).fill(0);
  pads[dims.length + 1 + axis + 1] = step - 1;
  const padded = context.op('Pad', [column, ints(pads)]);
  const flat = dims.map((length, i) => (i === axis ? length * step : length));
  return context.op('Slice', [
    context.reshape(padded, flat),
    ints([0]),
    ints([flat[axis] - step + 1]),
    ints([axis]),
  ]);
}

function unsupported(context: VjpContext, feature: string, advice: string) {
  return new OutsetError('autodiff.unsupported', {
    node: context.node.name,
    operator: context.node.operator,
    feature,
    advice,
  });
}
