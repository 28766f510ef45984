import { pythonNames, short } from './layer-groups.ts';
import type { Treatment } from './treatment.ts';
import type { WeightDraw } from './weight-draw.ts';

const optimizers = {
  sgd: 'SGD(model.parameters(), lr=RATE)',
  momentum: 'SGD(model.parameters(), lr=RATE, momentum=0.9)',
  nesterov: 'SGD(model.parameters(), lr=RATE, momentum=0.9, nesterov=True)',
  rmsprop: 'RMSprop(model.parameters(), lr=RATE)',
  adam: 'Adam(model.parameters(), lr=RATE)',
  adamw: 'AdamW(model.parameters(), lr=RATE)',
} as const;

/** Code for PyTorch: `model` is an nn.Module whose modules have the names of the layers, `x` its input. */
export function pytorchCode(treatments: readonly Treatment[]): string {
  const lines = treatments.flatMap(statement);
  const inLayers = treatments.some(({ kind }) => kind === 'draw' || kind === 'gain');
  return [
    'import torch',
    ...(inLayers ? ['from torch import nn', '', 'modules = dict(model.named_modules())'] : ['']),
    ...lines,
    '',
  ].join('\n');
}

function statement(treatment: Treatment): string[] {
  switch (treatment.kind) {
    case 'draw': {
      const { group, part, rule } = treatment;
      const target = `modules[name].${part}`;
      const call = draw(group.draw, target);
      const inner =
        part === 'bias' ? [`        if ${target} is not None:`, `            ${call}`] : [`        ${call}`];
      return [
        `with torch.no_grad():  # ${rule}`,
        ...`    for name in ${pythonNames(group.names)}:`.split('\n'),
        ...inner,
      ];
    }
    case 'gain':
      return [
        'with torch.no_grad():',
        `    for name in ${pythonNames(treatment.names)}:`,
        `        modules[name].weight.mul_(${short(treatment.factor)})`,
      ];
    case 'input':
      return [`x = (x - ${short(treatment.mean)}) / ${short(treatment.std)}`];
    case 'rate':
      return [
        `optimizer = torch.optim.${optimizers[treatment.optimizer.name].replace('RATE', short(treatment.rate))}`,
      ];
    case 'file':
      return [
        'from safetensors.torch import load_file',
        '',
        'model.load_state_dict(load_file("mended.safetensors"))',
      ];
  }
}

function draw(what: WeightDraw | null, target: string): string {
  switch (what?.kind) {
    case 'normal':
      return `nn.init.normal_(${target}, std=${short(what.std)})`;
    case 'uniform':
      return `nn.init.uniform_(${target}, -${short(what.limit)}, ${short(what.limit)})`;
    case 'truncated-normal':
      return `nn.init.trunc_normal_(${target}, std=${short(what.std)}, a=${short(-2 * what.std)}, b=${short(2 * what.std)})`;
    case 'orthogonal':
      return `nn.init.orthogonal_(${target}, gain=${short(what.gain)})`;
    default:
      return `nn.init.constant_(${target}, ${short(what?.value ?? 0)})`;
  }
}
