/** Between a model and the named arrays that a {@link Learner} works on. */
import { OutsetError } from '../messages/error.ts';
import type { RealArray } from '../random/stream.ts';
import { tensor } from '../tensor/tensor.ts';
import { columnMoments } from './create-rbm.ts';
import { Learner, type ParameterArrays, type ParameterName } from './learner.ts';
import type { LayerParameters, Rbm } from './rbm.ts';
import type { RbmTrainingSpec } from './rbm-training-spec.ts';
import type { StateRows } from './state-rows.ts';
import { neutralUnits } from './units/bind-units.ts';
import { flooredVariance } from './units/gaussian.ts';

/** The arrays of a model, not copied. */
export function parametersOf(rbm: Rbm): Map<ParameterName, Float32Array> {
  const parameters = new Map<ParameterName, Float32Array>([
    ['weights', rbm.weights.data],
    ['visible bias', rbm.visibleParameters.bias],
    ['hidden bias', rbm.hiddenParameters.bias],
  ]);
  for (const layer of ['visible', 'hidden'] as const) {
    const { logPrecision } = rbm[`${layer}Parameters`];
    if (logPrecision !== undefined) parameters.set(`${layer} logPrecision`, logPrecision);
  }
  return parameters;
}

/** A model of the same units with copies of other parameters. */
export function rbmWith({ visible, hidden, weights }: Rbm, parameters: ParameterArrays): Rbm {
  const single = (values: RealArray) => Float32Array.from(values);
  const layer = (name: 'visible' | 'hidden'): LayerParameters => {
    const logPrecision = parameters.get(`${name} logPrecision`);
    const bias = single(parameters.get(`${name} bias`)!);
    return logPrecision === undefined ? { bias } : { bias, logPrecision: single(logPrecision) };
  };
  return {
    visible,
    hidden,
    weights: tensor('float32', weights.dims, single(parameters.get('weights')!)),
    visibleParameters: layer('visible'),
    hiddenParameters: layer('hidden'),
  };
}

/**
 * A learner for a model and its training data.
 * @throws boltzmann.constant_data when no column of the data varies
 */
export function createLearner(options: {
  readonly rbm: Rbm;
  readonly spec: RbmTrainingSpec;
  readonly data: StateRows;
  readonly weights: Float32Array | undefined;
  readonly parameters: ParameterArrays;
}): Learner {
  const { rbm, spec, data, weights, parameters } = options;
  const { mean, variance } = columnMoments(rbm.visible, data, weights);
  if (variance.every((v) => v === 0)) throw new OutsetError('boltzmann.constant_data', {});
  const hidden = neutralUnits(rbm.hidden);
  const restingHidden = new Float64Array(hidden.width);
  hidden.mean(new Float64Array(hidden.width), 0, restingHidden, 0);
  return new Learner({
    spec,
    parameters,
    dataMean: mean,
    dataVariance: flooredVariance(variance),
    restingHidden,
    visibleIsReal: neutralUnits(rbm.visible).states === null,
    hiddenIsReal: hidden.states === null,
  });
}
