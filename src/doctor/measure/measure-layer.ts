import type { ActivationName } from '../../network/spec.ts';
import { distribution } from '../../training/distribution.ts';
import { equalOutgoing, equalUnits } from '../../training/equal-units.ts';
import { saturationBounds } from '../../training/saturation.ts';
import type { LayerMeasurement } from '../measurement.ts';
import type { Subject, SubjectLayer } from '../subject.ts';
import type { MeasureOptions } from './examination.ts';
import type { PassValues } from './pass.ts';
import { effectiveRank, meanCosine, unitActivity } from './units.ts';
import { updateRatio } from './update-ratio.ts';

/** @param values those of a pass over `examples` examples; undefined where there was none */
export function measureLayer(
  subject: Subject,
  layer: SubjectLayer,
  values: PassValues | undefined,
  examples: number,
  options: MeasureOptions,
): LayerMeasurement {
  const weight = subject.parameters.get(layer.weight.name);
  const bias = layer.bias === undefined ? undefined : subject.parameters.get(layer.bias.name);
  const pre = values?.has(layer.preActivation) ? values.read(layer.preActivation as string) : undefined;
  const out = values?.has(layer.output) ? values.read(layer.output) : undefined;
  const activity = out && values ? unitActivity(out, values.dims(layer.output), layer.unitAxis) : undefined;
  const weightGradient = values?.gradient(layer.weight.name);
  const biasGradient = layer.bias === undefined ? undefined : values?.gradient(layer.bias.name);
  const signalGradient =
    layer.preActivation === undefined ? undefined : values?.gradient(layer.preActivation);
  const outgoing = weight === undefined ? undefined : outgoingEquality(subject, layer);
  return {
    layer: layer.name,
    depth: layer.depth,
    weights: distribution(weight?.data ?? new Float32Array(0)),
    biases: summary(bias?.data),
    preActivations: summary(pre),
    activations:
      out === undefined ? null : distribution(out, saturationBounds(layer.activation as ActivationName)),
    deadUnits: activity?.dead ?? null,
    constantUnits: activity?.constant ?? null,
    correlation: pre === undefined ? null : meanCosine(pre, examples),
    effectiveRank: out === undefined ? null : effectiveRank(out, examples),
    gradients:
      weightGradient === undefined && signalGradient === undefined
        ? null
        : {
            weights: summary(weightGradient),
            biases: summary(biasGradient),
            preActivations: summary(signalGradient),
          },
    updateRatio:
      weightGradient === undefined || weight === undefined
        ? null
        : updateRatio(weight.data, weightGradient, options),
    equalUnits:
      weight === undefined || layer.type === 'embedding'
        ? { groups: 0, units: 0 }
        : equalUnits(layer.weight, weight, bias),
    ...(outgoing === undefined ? {} : { equalOutgoing: outgoing }),
    spectrum: null,
  };
}

function summary(data: Float32Array | undefined) {
  return data === undefined ? null : distribution(data);
}

/** Whether the next layer tells the units of this one apart; only where nothing but it reads them. */
function outgoingEquality(subject: Subject, layer: SubjectLayer): boolean | undefined {
  const next = subject.layers[subject.layers.indexOf(layer) + 1];
  if (next === undefined || subject.blocks.length > 0 || layer.type === 'embedding') return undefined;
  const weight = subject.parameters.get(next.weight.name);
  const { dims, layout } = layer.weight;
  return weight && equalOutgoing(next.weight, weight, dims[layout?.outAxis ?? dims.length - 1]);
}

/** The first value of a layer with a NaN or an infinity, its parameters before its signal. */
export function brokenValue(
  subject: Subject,
  layer: SubjectLayer,
  values: PassValues | undefined,
): string | undefined {
  const parameters = [layer.weight.name, layer.bias?.name].filter((name) => name !== undefined);
  const broken = parameters.find((name) => isBroken(subject.parameters.get(name)?.data));
  if (broken !== undefined || values === undefined) return broken;
  return [layer.preActivation, layer.output].find(
    (value) => values.has(value) && isBroken(values.read(value as string)),
  );
}

/** True if a number is NaN or infinite. */
export function isBroken(data: Float32Array | undefined): boolean {
  return data?.some((value) => !Number.isFinite(value)) ?? false;
}
