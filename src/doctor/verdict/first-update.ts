import type { Tensor } from '../../tensor/tensor.ts';
import { isAdaptive, optimizerConstants } from '../../training/optimizer.ts';
import type { TrainingPlan } from '../diagnosis.ts';

/**
 * What one update changes in each parameter while the gradient stays what it is: for momentum the velocity that builds up
 * (rate / (1 - momentum)), for RMSProp and Adam the rate times the gradient over its own size.
 */
export function firstUpdate(
  plan: TrainingPlan,
  gradients: ReadonlyMap<string, Tensor<'float32'>>,
): Map<string, Float32Array> {
  const { name, momentum, epsilon } = optimizerConstants(plan.optimizer);
  const adaptive = isAdaptive(name);
  const rate =
    name === 'momentum' || name === 'nesterov' ? plan.learningRate / (1 - momentum) : plan.learningRate;
  const update = new Map<string, Float32Array>();
  for (const [parameter, { data }] of gradients) {
    const change = new Float32Array(data.length);
    for (let i = 0; i < data.length; i++) {
      const gradient = data[i];
      change[i] = adaptive ? (-rate * gradient) / (Math.abs(gradient) + epsilon) : -rate * gradient;
    }
    update.set(parameter, change);
  }
  return update;
}
