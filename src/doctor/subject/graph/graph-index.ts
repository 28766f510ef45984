/** A graph with the ways forward and back: who makes a value, who reads it. */
import type { Graph, GraphNode } from '../../../onnx/graph.ts';
import type { Dims, Tensor } from '../../../tensor/tensor.ts';

export interface Reader {
  readonly position: number;
  readonly operand: number;
}

export class GraphIndex {
  readonly graph: Graph;
  readonly #makers = new Map<string, number>();
  readonly #readers = new Map<string, Reader[]>();
  readonly #outputs: ReadonlySet<string>;

  constructor(graph: Graph) {
    this.graph = graph;
    this.#outputs = new Set(graph.outputs.map(({ name }) => name));
    for (const [position, node] of graph.nodes.entries()) {
      for (const output of node.outputs) if (output !== '') this.#makers.set(output, position);
      for (const [operand, input] of node.inputs.entries()) {
        if (input === '') continue;
        const known = this.#readers.get(input);
        if (known === undefined) this.#readers.set(input, [{ position, operand }]);
        else known.push({ position, operand });
      }
    }
  }

  node(position: number): GraphNode {
    return this.graph.nodes[position];
  }

  /** The node that makes a value; undefined for inputs and constants. */
  maker(value: string): GraphNode | undefined {
    const position = this.#makers.get(value);
    return position === undefined ? undefined : this.graph.nodes[position];
  }

  makerPosition(value: string): number {
    return this.#makers.get(value) ?? -1;
  }

  readers(value: string): readonly Reader[] {
    return this.#readers.get(value) ?? [];
  }

  /** The one node that reads a value which is no output of the graph. */
  onlyReader(value: string): Reader | undefined {
    const readers = this.readers(value);
    return readers.length === 1 && !this.isOutput(value) ? readers[0] : undefined;
  }

  isOutput(value: string): boolean {
    return this.#outputs.has(value);
  }

  dims(value: string): Dims {
    return this.graph.types.get(value)?.dims ?? [];
  }

  constant(value: string): Tensor | undefined {
    return this.graph.initializers.get(value);
  }

  /** The number behind a constant of one element. */
  scalar(value: string): number | undefined {
    const found = this.constant(value);
    return found !== undefined && found.data.length === 1 ? Number(found.data[0]) : undefined;
  }
}
