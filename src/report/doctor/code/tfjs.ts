import { scriptNames, short } from './layer-groups.ts';
import type { Treatment } from './treatment.ts';
import type { WeightDraw } from './weight-draw.ts';

const optimizers = {
  sgd: 'sgd(RATE)',
  momentum: 'momentum(RATE, 0.9)',
  nesterov: 'momentum(RATE, 0.9, true)',
  rmsprop: 'rmsprop(RATE)',
  adam: 'adam(RATE)',
  adamw: 'adam(RATE)',
} as const;

/** Code for TensorFlow.js: `tf` is the library, `model` a LayersModel with layers of these names, `x` its input. */
export function tfjsCode(treatments: readonly Treatment[]): string {
  return `${treatments.flatMap(statement).join('\n')}\n`;
}

function statement(treatment: Treatment): string[] {
  switch (treatment.kind) {
    case 'draw': {
      const { group, part, rule } = treatment;
      const names = scriptNames(group.names);
      const open = [
        `for (const name of ${names}) { // ${rule}`,
        '  const layer = model.getLayer(name);',
        '  const [kernel, ...rest] = layer.getWeights();',
      ];
      if (part === 'bias') {
        return [
          ...open,
          `  layer.setWeights([kernel, ...rest.map(({ shape }) => ${draw(group.draw, 'shape')})]);`,
          '}',
        ];
      }
      if (group.draw?.kind === 'orthogonal') {
        return [
          ...open,
          '  const outputs = kernel.shape.at(-1);',
          `  const matrix = tf.initializers.orthogonal({ gain: ${short(group.draw.gain)} }).apply([kernel.size / outputs, outputs]);`,
          '  layer.setWeights([tf.reshape(matrix, kernel.shape), ...rest]);',
          '}',
        ];
      }
      return [...open, `  layer.setWeights([${draw(group.draw, 'kernel.shape')}, ...rest]);`, '}'];
    }
    case 'gain':
      return [
        `for (const name of ${scriptNames(treatment.names)}) {`,
        '  const layer = model.getLayer(name);',
        '  const [kernel, ...rest] = layer.getWeights();',
        `  layer.setWeights([tf.mul(kernel, ${short(treatment.factor)}), ...rest]);`,
        '}',
      ];
    case 'input':
      return [`x = tf.div(tf.sub(x, ${short(treatment.mean)}), ${short(treatment.std)});`];
    case 'rate':
      return [
        `const optimizer = tf.train.${optimizers[treatment.optimizer.name].replace('RATE', short(treatment.rate))};`,
      ];
    case 'file':
      return ["const model = await tf.loadLayersModel('file://mended/model.json');"];
  }
}

function draw(what: WeightDraw | null, shape: string): string {
  switch (what?.kind) {
    case 'normal':
      return `tf.randomNormal(${shape}, 0, ${short(what.std)})`;
    case 'uniform':
      return `tf.randomUniform(${shape}, -${short(what.limit)}, ${short(what.limit)})`;
    case 'truncated-normal':
      return `tf.truncatedNormal(${shape}, 0, ${short(what.std)})`;
    default:
      return `tf.fill(${shape}, ${short(what?.kind === 'constant' ? what.value : 0)})`;
  }
}
