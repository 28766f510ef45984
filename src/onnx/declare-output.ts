import type { GraphBuilder } from './builder.ts';

/**
 * Declares values of a graph as outputs, each under a name of its own: a value that is declared twice (two biases of one
 * sum), or is a graph input or constant, gets an Identity.
 * @returns declares a value and gives the name of its output
 */
export function outputDeclarer(builder: GraphBuilder): (value: string) => string {
  const taken = new Set(builder.build().outputs.map(({ name }) => name));
  const computed = new Set(builder.nodes.flatMap(({ outputs }) => outputs));
  return (value) => {
    const name = computed.has(value) && !taken.has(value) ? value : builder.op('Identity', [value]);
    taken.add(name);
    builder.output(name);
    return name;
  };
}
