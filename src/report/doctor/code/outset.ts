import type { Prescription } from '../../../doctor/diagnosis.ts';
import { quoted, scriptNames, short } from './layer-groups.ts';

/**
 * Code for Outset: `network` is a Network, `parameters` a Map of its values, `features` the Float32Array of a data set's
 * inputs, `batch` and `runtime` what a start by data looks at.
 */
export function outsetCode(prescriptions: readonly Prescription[]): string {
  const bodies = prescriptions.flatMap(statement);
  const text = bodies.join('\n');
  const usesStream = /\bstream\b/.test(text);
  const words = ['initialize', 'openStream', 'parseRule', 'parseStart'].filter(
    (word) => text.includes(`${word}(`) || (usesStream && word === 'openStream'),
  );
  return [
    ...(words.length === 0 ? [] : [`import { ${words.join(', ')} } from 'outset';`, '']),
    ...(usesStream ? ["const stream = openStream('threefry', 0);"] : []),
    ...bodies,
    '',
  ].join('\n');
}

function statement(prescription: Prescription): string[] {
  switch (prescription.kind) {
    case 'rule':
      return [
        ...draw(prescription.layers, prescription.rule, 'weight'),
        ...(prescription.bias === undefined ? [] : draw(prescription.layers, prescription.bias.rule, 'bias')),
      ];
    case 'bias':
      return draw(prescription.layers, prescription.rule, 'bias');
    case 'gain':
      return [
        `for (const layer of ${scriptNames(prescription.layers)}) {`,
        `  const weight = parameters.get(\`\${layer}.weight\`);`,
        `  parameters.set(\`\${layer}.weight\`, { ...weight, data: weight.data.map((value) => ${short(prescription.factor)} * value) });`,
        '}',
      ];
    case 'start':
      return [
        `for (const [name, value] of await parseStart(${quoted(prescription.start)}).parameters(network, { stream, batch, runtime })) {`,
        '  parameters.set(name, value);',
        '}',
      ];
    case 'input-scaling':
      return [
        `features.forEach((value, i) => { features[i] = (value - ${short(prescription.mean)}) / ${short(prescription.std)}; });`,
      ];
    case 'learning-rate':
      return [`const learningRate = ${short(prescription.learningRate)};`];
    case 'architecture':
      return [];
  }
}

function draw(layers: readonly string[], rule: string, part: 'weight' | 'bias'): string[] {
  return [
    '{',
    `  const names = new Set(${scriptNames(layers)}.map((layer) => \`\${layer}.${part}\`));`,
    '  const chosen = network.parameters.filter(({ name }) => names.has(name));',
    `  for (const [name, value] of initialize(parseRule(${quoted(rule)}), stream, chosen)) parameters.set(name, value);`,
    '}',
  ];
}
