import { pythonNames, short } from './layer-groups.ts';
import type { Treatment } from './treatment.ts';
import type { WeightDraw } from './weight-draw.ts';

const optimizers = {
  sgd: 'SGD(learning_rate=RATE)',
  momentum: 'SGD(learning_rate=RATE, momentum=0.9)',
  nesterov: 'SGD(learning_rate=RATE, momentum=0.9, nesterov=True)',
  rmsprop: 'RMSprop(learning_rate=RATE)',
  adam: 'Adam(learning_rate=RATE)',
  adamw: 'AdamW(learning_rate=RATE)',
} as const;

/** Code for Keras 3: `model` has layers with these names, `x` is its input. */
export function kerasCode(treatments: readonly Treatment[]): string {
  return ['import keras', '', ...treatments.flatMap(statement), ''].join('\n');
}

function statement(treatment: Treatment): string[] {
  switch (treatment.kind) {
    case 'draw': {
      const { group, part, rule } = treatment;
      const names = pythonNames(group.names);
      if (part === 'bias') {
        return [
          `for name in ${names}:  # ${rule}`,
          '    layer = model.get_layer(name)',
          '    if layer.use_bias:',
          `        layer.bias.assign(${draw(group.draw)}(layer.bias.shape))`,
        ];
      }
      // An initializer with a seed gives the same numbers each time: one for every layer.
      return [
        `for name in ${names}:  # ${rule}`,
        '    kernel = model.get_layer(name).kernel',
        `    kernel.assign(${draw(group.draw)}(kernel.shape))`,
      ];
    }
    case 'gain':
      return [
        `for name in ${pythonNames(treatment.names)}:`,
        '    kernel = model.get_layer(name).kernel',
        `    kernel.assign(kernel * ${short(treatment.factor)})`,
      ];
    case 'input':
      return [`x = (x - ${short(treatment.mean)}) / ${short(treatment.std)}`];
    case 'rate':
      return [
        `optimizer = keras.optimizers.${optimizers[treatment.optimizer.name].replace('RATE', short(treatment.rate))}`,
      ];
    case 'file':
      return ['model = keras.saving.load_model("mended.keras")'];
  }
}

function draw(what: WeightDraw | null): string {
  switch (what?.kind) {
    case 'normal':
      return `keras.initializers.RandomNormal(stddev=${short(what.std)})`;
    case 'uniform':
      return `keras.initializers.RandomUniform(-${short(what.limit)}, ${short(what.limit)})`;
    case 'truncated-normal':
      return `keras.initializers.TruncatedNormal(stddev=${short(what.std)})`;
    case 'orthogonal':
      return `keras.initializers.Orthogonal(gain=${short(what.gain)})`;
    default:
      return `keras.initializers.Constant(${short(what?.value ?? 0)})`;
  }
}
