import { pythonNames, short } from './layer-groups.ts';
import type { Treatment } from './treatment.ts';
import type { WeightDraw } from './weight-draw.ts';

const optimizers = {
  sgd: 'sgd(RATE)',
  momentum: 'sgd(RATE, momentum=0.9)',
  nesterov: 'sgd(RATE, momentum=0.9, nesterov=True)',
  rmsprop: 'rmsprop(RATE)',
  adam: 'adam(RATE)',
  adamw: 'adamw(RATE)',
} as const;

/** Code for Flax: `params` is the dictionary of parameters by layer, `x` the input. */
export function jaxCode(treatments: readonly Treatment[]): string {
  const draws = treatments.some(({ kind }) => kind === 'draw');
  const rate = treatments.some(({ kind }) => kind === 'rate');
  return [
    ...(draws ? ['import jax'] : []),
    ...(rate ? ['import optax'] : []),
    ...(draws ? ['', 'key = jax.random.key(0)'] : []),
    ...treatments.flatMap(statement),
    '',
  ].join('\n');
}

function statement(treatment: Treatment): string[] {
  switch (treatment.kind) {
    case 'draw': {
      const { group, part, rule } = treatment;
      const names = pythonNames(group.names);
      if (part === 'bias') {
        return [
          `for name in ${names}:  # ${rule}`,
          '    if "bias" in params[name]:',
          '        key, own = jax.random.split(key)',
          `        params[name]["bias"] = ${draw(group.draw, 'params[name]["bias"].shape')}`,
        ];
      }
      return [
        `for name in ${names}:  # ${rule}`,
        '    key, own = jax.random.split(key)',
        `    params[name]["kernel"] = ${draw(group.draw, 'params[name]["kernel"].shape')}`,
      ];
    }
    case 'gain':
      return [
        `for name in ${pythonNames(treatment.names)}:`,
        `    params[name]["kernel"] = params[name]["kernel"] * ${short(treatment.factor)}`,
      ];
    case 'input':
      return [`x = (x - ${short(treatment.mean)}) / ${short(treatment.std)}`];
    case 'rate':
      return [
        `optimizer = optax.${optimizers[treatment.optimizer.name].replace('RATE', short(treatment.rate))}`,
      ];
    case 'file':
      return [
        'from flax.traverse_util import unflatten_dict',
        'from safetensors.flax import load_file',
        '',
        'params = unflatten_dict(load_file("mended.safetensors"), sep=".")',
      ];
  }
}

function draw(what: WeightDraw | null, shape: string): string {
  switch (what?.kind) {
    case 'normal':
      return `${short(what.std)} * jax.random.normal(own, ${shape})`;
    case 'uniform':
      return `jax.random.uniform(own, ${shape}, minval=-${short(what.limit)}, maxval=${short(what.limit)})`;
    case 'truncated-normal':
      return `${short(what.std)} * jax.random.truncated_normal(own, -2.0, 2.0, ${shape})`;
    case 'orthogonal':
      return `jax.nn.initializers.orthogonal(${short(what.gain)})(own, ${shape})`;
    default:
      return `jax.numpy.full(${shape}, ${floating(what?.value ?? 0)})`;
  }
}

/** A whole number would make an array of integers. */
function floating(value: number): string {
  const text = short(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
