import { rbmTrainerFactory } from '../boltzmann/create-rbm-trainer.ts';
import { type DbnLayerPlan, pretrainDbn } from '../boltzmann/dbn/pretrain.ts';
import { dbnClassifier } from '../boltzmann/dbn/to-network.ts';
import type { RbmTrainingSpec } from '../boltzmann/rbm-training-spec.ts';
import type { UnitSpec } from '../boltzmann/units/unit-spec.ts';
import { choice, number } from '../initializers/catalogue/entry.ts';
import { parseRule } from '../initializers/registry.ts';
import { OutsetError } from '../messages/error.ts';
import type { LayerInfo, Network, ParameterValues } from '../network/network.ts';
import { elementCount, type Tensor } from '../tensor/tensor.ts';
import type { StartDefinition } from './definition.ts';
import { ruleStart } from './rule-start.ts';
import type { Start } from './start.ts';

export interface DbnStartOptions {
  /** Epochs of each RBM; default 10. */
  readonly epochs?: number;
  /** Learning rate of each RBM; default 0.1. With Gaussian units (inputs beyond [0, 1]) a hundredth. */
  readonly rate?: number;
  /** Examples in a batch; default 100, at most all. */
  readonly batch?: number;
  /** What the next RBM learns: states drawn from the hidden units (default, faster) or their means. */
  readonly upward?: 'samples' | 'means';
}

/** Defaults of {@link DbnStartOptions}. */
const dbnStartDefaults: Required<DbnStartOptions> = { epochs: 10, rate: 0.1, batch: 100, upward: 'samples' };

/** `dbn` in the registry. */
export const dbnDefinition: StartDefinition = {
  name: 'dbn',
  aliases: ['rbm', 'deep-belief-net'],
  family: 'learned',
  needsData: true,
  parameters: {
    epochs: number(dbnStartDefaults.epochs, { from: 0, whole: true }),
    rate: number(dbnStartDefaults.rate, { above: 0 }),
    batch: number(dbnStartDefaults.batch, { from: 1, whole: true }),
    upward: choice(dbnStartDefaults.upward, ['samples', 'means']),
  },
  formula: 'W, b of RBMs that learn the inputs layer by layer (CD-1)',
  source: 'Hinton & Salakhutdinov 2006; Hinton, Osindero & Teh 2006',
  preserves: [],
  build: (name, { epochs, rate, batch, upward }) =>
    dbnStart(name, {
      epochs: Number(epochs),
      rate: Number(rate),
      batch: Number(batch),
      upward: upward === 'means' ? 'means' : 'samples',
    }),
};

/**
 * Unsupervised pre-training as a start: the hidden layers are those of a deep belief net that learned the training
 * inputs, layer by layer, without labels; the output layer is drawn by the Glorot rule.
 *
 * Every RBM learns by CD-1 as in Hinton & Salakhutdinov 2006: grey levels as probabilities, momentum 0.5, from the sixth
 * epoch 0.9, weight decay 2e-4. Takes networks of dense layers with sigmoid (binary units) or tanh (spins); dropout
 * between them is left alone. Rectified units are refused: a stack of them has no bounded energy, and its learning
 * diverges. Inputs in [0, 1] are probabilities of binary units, others values of Gaussian units. Looks at all training
 * inputs where the context has them, else at its batch.
 *
 * @throws starts.needs_data, dbn.cannot_pretrain, dbn.not_finite
 */
export function dbnStart(name: string, options: DbnStartOptions = {}): Start {
  const { epochs, rate, batch, upward } = { ...dbnStartDefaults, ...options };
  const base = ruleStart(parseRule('glorot-uniform'));
  return {
    name,
    needsData: true,
    needsInputs: true,
    async parameters(network, context): Promise<ParameterValues> {
      const inputs = context.inputs ?? context.batch;
      const { runtime } = context;
      if (inputs === undefined || runtime === undefined)
        throw new OutsetError('starts.needs_data', { start: name });
      const hidden = hiddenLayers(network);
      const values = new Map(await base.parameters(network, context));
      if (hidden.length === 0) return values;
      const data = inputRows(name, network, inputs);
      const binary = data.data.every((value) => value >= 0 && value <= 1);
      const spec: RbmTrainingSpec = {
        negative: { name: 'cd', steps: 1 },
        centered: false,
        offsetRate: 0.01,
        optimizer: { name: 'momentum', initial: 0.5, final: 0.9, switchEpoch: 5 },
        learningRate: rate,
        schedule: { name: 'constant' },
        batchSize: Math.min(batch, data.count),
        epochs,
        weightDecay: { l1: 0, l2: 2e-4 },
        grey: 'grey',
      };
      const dbn = await pretrainDbn({
        visible: { kind: binary ? 'bernoulli' : 'gaussian', count: data.width },
        layers: hidden.map((layer, i): DbnLayerPlan => {
          const gaussian = i === 0 && !binary;
          return {
            hidden: unitsOf(network, layer),
            spec: gaussian ? { ...spec, learningRate: rate / 100 } : spec,
          };
        }),
        data,
        upward,
        stream: context.stream.child('dbn'),
        createTrainer: rbmTrainerFactory({ runtime }),
        runtime,
      });
      const learned = dbnClassifier(dbn, { classes: 1 }).values;
      for (const [i, { weight, bias }] of hidden.entries()) {
        values.set(weight, learned.get(`dense${i + 1}.weight`) as Tensor<'float32'>);
        if (bias !== undefined) values.set(bias, learned.get(`dense${i + 1}.bias`) as Tensor<'float32'>);
      }
      return values;
    },
  };
}

/** Units whose mean is the activation. */
const unitKinds = { sigmoid: 'bernoulli', tanh: 'spin' } as const;

function unitsOf(network: Network, { activation, bias }: LayerInfo): UnitSpec {
  const count = network.parameters.find(({ name }) => name === bias)?.dims[0] as number;
  return { kind: unitKinds[activation as keyof typeof unitKinds], count };
}

/** The layers that become RBMs: all but the last, which gives the outputs. */
function hiddenLayers(network: Network): readonly LayerInfo[] {
  const refuse = (layer: string, reason: 'type' | 'activation' | 'bias', got: string): never => {
    throw new OutsetError('dbn.cannot_pretrain', { layer, reason, got });
  };
  for (const [i, { type, name }] of network.spec.layers.entries()) {
    if (!['dense', 'dropout', 'flatten', 'activation'].includes(type))
      refuse(name ?? `layers[${i}]`, 'type', type);
  }
  const hidden = network.layers.slice(0, -1);
  for (const { name, activation, bias } of hidden) {
    if (!Object.hasOwn(unitKinds, activation)) refuse(name, 'activation', activation);
    if (bias === undefined) refuse(name, 'bias', 'none');
  }
  return hidden;
}

function inputRows(start: string, network: Network, inputs: Tensor<'float32'>) {
  const width = elementCount(network.spec.input);
  const count = inputs.dims[0] ?? 0;
  if (count < 1 || inputs.data.length !== count * width) {
    const details = { start, expected: [...network.spec.input], got: [...inputs.dims] };
    throw new OutsetError('starts.batch_shape', details);
  }
  return { form: 'dense', count, width, data: inputs.data } as const;
}
