import type { GraphBuilder } from '../../onnx/builder.ts';
import { elementCount } from '../../tensor/tensor.ts';
import type { EmitContext, LayerPlan, LayerSite, NetworkPlan } from '../plan.ts';
import type { NormSpec } from '../spec.ts';
import { declareScaleShift } from './scale-shift.ts';

/**
 * Batch normalization (Ioffe & Szegedy 2015) of each channel (axis 1): y = (x - mean) / sqrt(var + epsilon) * scale +
 * shift.
 *
 * In training, mean and biased variance are those of the batch and its pixels, and the running ones move:
 * running = momentum * running + (1 - momentum) * batch, with the unbiased variance, as in PyTorch (whose `momentum`
 * is our 1 - momentum). A batch of a single value counts as variance 0. In inference the running ones are used.
 *
 * Built from elementary operators: onnxruntime's own training mode of BatchNormalization fails on WebGPU.
 */
export function planBatchNorm(plan: NetworkPlan, spec: NormSpec, { input }: LayerSite): LayerPlan {
  const name = plan.nameOf(spec);
  const channels = input[0];
  const { scale, shift } = declareScaleShift(plan, name, [channels]);
  const mean = plan.buffer({ name: `${name}.running-mean`, dims: [channels], initial: 0 });
  const variance = plan.buffer({ name: `${name}.running-variance`, dims: [channels], initial: 1 });
  const epsilon = spec.epsilon ?? 1e-5;
  const momentum = spec.momentum ?? 0.9;
  const axes = [0, ...input.slice(1).map((_, i) => i + 2)];
  const perChannel = [channels, ...input.slice(1).map(() => 1)];

  /** [channels] -> [channels, 1, 1], so that it broadcasts over the batch. */
  const spread = (builder: GraphBuilder, value: string) =>
    perChannel.length === 1 ? value : builder.op('Reshape', [value, builder.ints(perChannel)]);

  function normalize(builder: GraphBuilder, centered: string, varianceValue: string): string {
    const std = builder.op('Sqrt', [builder.op('Add', [varianceValue, builder.scalar(epsilon)])]);
    const slope = builder.op('Div', [spread(builder, scale), std]);
    return builder.op(
      'Add',
      [builder.op('Mul', [centered, slope]), spread(builder, shift)],
      {},
      { output: `${name}.output` },
    );
  }

  function emitTraining({ builder, batch, updatedBuffers }: EmitContext, value: string): string {
    const count = batch * elementCount(input.slice(1));
    const average = (x: string) => builder.op('ReduceMean', [x, builder.ints(axes)], { keepdims: 1 });
    const batchMean = average(value);
    const centered = builder.op('Sub', [value, batchMean]);
    const batchVariance = average(builder.op('Mul', [centered, centered]));
    const update = (running: string, now: string, weight: number) => {
      const flat = builder.op('Reshape', [now, builder.ints([channels])]);
      const kept = builder.op('Mul', [running, builder.scalar(momentum)]);
      const added = builder.op('Mul', [flat, builder.scalar(weight)]);
      updatedBuffers.set(running, builder.op('Add', [kept, added], {}, { output: `${running}.updated` }));
    };
    update(mean, batchMean, 1 - momentum);
    update(variance, batchVariance, ((1 - momentum) * count) / Math.max(1, count - 1));
    return normalize(builder, centered, batchVariance);
  }

  return {
    name,
    outputDims: input,
    emit(context, value) {
      if (context.training) return emitTraining(context, value);
      const { builder } = context;
      const centered = builder.op('Sub', [value, spread(builder, mean)]);
      return normalize(builder, centered, spread(builder, variance));
    },
  };
}
