import { appendGradient } from '../../autodiff/index.ts';
import type { ParameterShape } from '../../initializers/initializer.ts';
import type { ActivationName } from '../../network/spec.ts';
import type { Program, Runtime, Values } from '../../runtime/runtime.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { distribution } from '../../training/distribution.ts';
import { equalOutgoing, equalUnits } from '../../training/equal-units.ts';
import { optimizerConstants } from '../../training/optimizer.ts';
import { saturationBounds } from '../../training/saturation.ts';
import type { LossName, OptimizerSpec } from '../../training/spec.ts';
import type { LayerMeasurement, Measurement } from '../measurement.ts';
import { parameterProvenance } from '../provenance/parameter-provenance.ts';
import { trainedOrFresh } from '../provenance/trained.ts';
import type { Subject, SubjectLayer } from '../subject.ts';
import { type Answer, appendAnswer } from './answer.ts';
import { batchSize, type ExaminationBatch } from './batch.ts';
import { type Differentiable, differentiableTo } from './differentiable.ts';
import { effectiveRank, meanCosine, unitActivity } from './units.ts';

export interface MeasureOptions {
  readonly runtime: Runtime;
  /** Whose first update is measured; default Adam. */
  readonly optimizer?: OptimizerSpec;
  /** Default 0.001. */
  readonly learningRate?: number;
  /** Default: cross-entropy where there are labels and at least two outputs. */
  readonly loss?: LossName;
  /** Engine threads; default 1. */
  readonly threads?: number;
}

/**
 * Sends one batch forward and back and measures every layer on the way. Weights alone are measured where the graph cannot be
 * run; the way back stops where an operator has no gradient rule.
 *
 * @throws trace.batch where the batch does not fit
 */
export async function measure(
  subject: Subject,
  batch: ExaminationBatch,
  options: MeasureOptions,
): Promise<Measurement> {
  const began = performance.now();
  const run = subject.build === undefined ? undefined : await passThrough(subject, batch, options);
  const layers = subject.layers.map((layer, i) => measureLayer(subject, layer, i, run, options));
  const provenance = subject.parameterShapes.flatMap((shape) => {
    const value = subject.parameters.get(shape.name);
    return value === undefined || shape.role !== 'weight' ? [] : [parameterProvenance(shape, value)];
  });
  return {
    batchSize: run?.size ?? 0,
    data: batch.data,
    loss: {
      kind: run?.answer.kind ?? 'random-cotangent',
      value: run === undefined ? null : finite(run.loss),
    },
    inputs: Object.entries(batch.inputs).map(([name, { data }]) => ({
      name,
      distribution: distribution(
        data instanceof Float32Array ? data : Float32Array.from(data as never, Number),
      ),
    })),
    outputs: run === undefined ? null : distribution(run.read(run.logits)),
    layers,
    firstNotFinite: run === undefined ? null : firstNotFinite(subject, run),
    jacobian: null,
    tangentKernel: null,
    sharpness: null,
    provenance,
    trained: trainedOrFresh(subject, provenance),
    backwardMissing:
      run === undefined || run.differentiable.missing.length === 0
        ? null
        : { operators: run.differentiable.missing },
    seconds: (performance.now() - began) / 1000,
  };
}

/** The values of one pass. */
interface Pass {
  readonly size: number;
  readonly answer: Answer;
  readonly logits: string;
  readonly loss: number;
  readonly differentiable: Differentiable;
  readonly has: (value: string | undefined) => boolean;
  readonly dims: (value: string) => readonly number[];
  readonly read: (value: string) => Float32Array;
  /** Gradient of a value; undefined where it was not taken. */
  readonly gradient: (value: string) => Float32Array | undefined;
}

async function passThrough(
  subject: Subject,
  batch: ExaminationBatch,
  { runtime, loss: wanted, threads = 1 }: MeasureOptions,
): Promise<Pass> {
  const size = batchSize(subject, batch);
  const { builder, fixed, outputs } = (subject.build as NonNullable<Subject['build']>)(size);
  const answer = appendAnswer(builder, outputs[0], batch, wanted);
  const differentiable = differentiableTo(builder, answer.loss);
  const signals = subject.layers.flatMap(({ preActivation, output }) =>
    [preActivation, output].filter((value) => value !== undefined && builder.has(value)),
  ) as string[];
  const parameters = subject.layers.flatMap(({ weight, bias }) =>
    [weight.name, bias?.name].filter((name) => name !== undefined && builder.has(name)),
  ) as string[];
  const probes = [...new Set([...parameters, ...signals])].filter(
    (value) => differentiable.has(value) && builder.type(value).dtype === 'float32',
  );
  const gradients = appendGradient(builder, answer.loss, probes);
  const declared = new Set(builder.build().outputs.map(({ name }) => name));
  for (const value of new Set([answer.loss, outputs[0], ...signals, ...gradients.values()])) {
    if (!declared.has(value)) builder.output(value);
  }
  const graph = builder.build();
  const program: Program = await runtime.compile(graph, { threads });
  let results: Values;
  try {
    const feeds: Record<string, Tensor> = { ...Object.fromEntries(fixed), ...batch.inputs, ...answer.feeds };
    for (const { name } of graph.inputs) {
      const value = subject.parameters.get(name);
      if (value !== undefined) feeds[name] = value;
    }
    results = await program.run(feeds);
  } finally {
    await program.dispose();
  }
  const read = (value: string): Float32Array => results[value].data as Float32Array;
  return {
    size,
    answer,
    logits: outputs[0],
    loss: read(answer.loss)[0],
    differentiable,
    has: (value) => value !== undefined && results[value] !== undefined,
    dims: (value) => results[value].dims,
    read,
    gradient: (value) => {
      const name = gradients.get(value);
      return name === undefined ? undefined : read(name);
    },
  };
}

function measureLayer(
  subject: Subject,
  layer: SubjectLayer,
  index: number,
  run: Pass | undefined,
  options: MeasureOptions,
): LayerMeasurement {
  const weight = subject.parameters.get(layer.weight.name);
  const bias = layer.bias === undefined ? undefined : subject.parameters.get(layer.bias.name);
  const pre = run?.has(layer.preActivation) ? run.read(layer.preActivation as string) : undefined;
  const out = run?.has(layer.output) ? run.read(layer.output) : undefined;
  const activity = out && run ? unitActivity(out, run.dims(layer.output), layer.unitAxis) : undefined;
  const weightGradient = run?.gradient(layer.weight.name);
  const biasGradient = layer.bias === undefined ? undefined : run?.gradient(layer.bias.name);
  const signalGradient = layer.preActivation === undefined ? undefined : run?.gradient(layer.preActivation);
  const empty = new Float32Array(0);
  const examples = run?.size ?? 0;
  const outgoing = weight === undefined ? undefined : outgoingEquality(subject, layer, index);
  return {
    layer: layer.name,
    depth: layer.depth,
    weights: distribution(weight?.data ?? empty),
    biases: bias === undefined ? null : distribution(bias.data),
    preActivations: pre === undefined ? null : distribution(pre),
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
            weights: weightGradient === undefined ? null : distribution(weightGradient),
            biases: biasGradient === undefined ? null : distribution(biasGradient),
            preActivations: signalGradient === undefined ? null : distribution(signalGradient),
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

/** Size of the first update over the size of the weights, as norms; null where weights are 0 or not finite. */
function updateRatio(
  weights: Float32Array,
  gradient: Float32Array,
  { optimizer = { name: 'adam' }, learningRate = 1e-3 }: MeasureOptions,
): number | null {
  const { name, epsilon, decay } = optimizerConstants(optimizer);
  // RMSProp begins with a mean square of (1 - decay) g².
  const first = name === 'rmsprop' ? 1 / Math.sqrt(1 - decay) : 1;
  const adaptive = name === 'adam' || name === 'adamw' || name === 'rmsprop';
  let update = 0;
  let size = 0;
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i];
    const step = adaptive ? (first * g) / (Math.abs(g) + epsilon * first) : g;
    update += step * step;
    size += weights[i] * weights[i];
  }
  return finite(learningRate * Math.sqrt(update / size));
}

/** Whether the next layer tells the units of this one apart; only where nothing but it reads them. */
function outgoingEquality(subject: Subject, layer: SubjectLayer, index: number): boolean | undefined {
  const next = subject.layers[index + 1];
  if (next === undefined || subject.blocks.length > 0 || layer.type === 'embedding') return undefined;
  const weight = subject.parameters.get(next.weight.name);
  return weight === undefined ? undefined : equalOutgoing(next.weight, weight, unitsOf(layer.weight));
}

function unitsOf({ dims, layout }: ParameterShape): number {
  return dims[layout?.outAxis ?? dims.length - 1];
}

/** The first value with a NaN or an infinity: parameters of a layer, its signal, or the loss. */
function firstNotFinite(subject: Subject, run: Pass): Measurement['firstNotFinite'] {
  const broken = (data: Float32Array | undefined) => data?.some((value) => !Number.isFinite(value)) ?? false;
  for (const layer of subject.layers) {
    for (const name of [layer.weight.name, layer.bias?.name]) {
      if (name !== undefined && broken(subject.parameters.get(name)?.data)) {
        return { value: name, layer: layer.name };
      }
    }
    for (const value of [layer.preActivation, layer.output]) {
      if (value !== undefined && run.has(value) && broken(run.read(value))) {
        return { value, layer: layer.name };
      }
    }
  }
  if (broken(run.read(run.logits))) return { value: run.logits, layer: null };
  return Number.isFinite(run.loss) ? null : { value: run.answer.loss, layer: null };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
