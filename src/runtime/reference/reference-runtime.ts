/**
 * The reference runtime: a plain interpreter of graphs that is easy to read and easy to trust. It is slow.
 *
 * In float64 every value that the graph declares as float32 is computed and kept in float64, which makes finite
 * differences good to about 1e-9; gradients are checked on it. In float32 every result is rounded, so that tiny
 * networks can run without an engine. Inside one operator sums are kept in float64 either way.
 */
import { OutsetError } from '../../messages/error.ts';
import type { Graph, ValueInfo, ValueType } from '../../onnx/graph.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Program, Runtime, Values } from '../runtime.ts';
import { Interpreter, type Precision } from './interpreter.ts';
import { isReal } from './kernel.ts';

export interface ReferenceOptions {
  /** What real numbers are kept in; default `float64`. */
  readonly precision?: Precision;
}

/**
 * A runtime that interprets graphs in this process, without an engine.
 *
 * In float64, outputs of real numbers have the type float64 whatever the graph declares, and feeds of real numbers may
 * be float32 or float64. In float32, outputs have the declared types.
 * @example
 * const program = await referenceRuntime().compile(graph);
 * const { loss } = await program.run({ x, w });   // loss.data is a Float64Array
 */
export function referenceRuntime(options: ReferenceOptions = {}): Runtime {
  const precision = options.precision ?? 'float64';
  return {
    name: `reference ${precision}`,
    async compile(graph: Graph): Promise<Program> {
      return new ReferenceProgram(graph, precision);
    },
  };
}

class ReferenceProgram implements Program {
  readonly graph: Graph;
  #interpreter: Interpreter | undefined;

  constructor(graph: Graph, precision: Precision) {
    this.graph = graph;
    this.#interpreter = new Interpreter(graph, precision);
  }

  async run(feeds: Values, fetches: readonly string[] = this.#outputNames): Promise<Values> {
    const results = this.#compute(feeds, fetches);
    return Object.fromEntries(fetches.map((name, i) => [name, results[i]]));
  }

  async dispose(): Promise<void> {
    this.#interpreter = undefined;
  }

  get #outputNames(): string[] {
    return this.graph.outputs.map(({ name }) => name);
  }

  #compute(feeds: Values, fetches: readonly string[]): Tensor[] {
    if (this.#interpreter === undefined)
      throw new OutsetError('runtime.disposed', { graph: this.graph.name });
    for (const name of fetches) this.#outputInfo(name);
    const inputs = this.graph.inputs.map((input) => {
      const feed = feeds[input.name];
      if (feed === undefined || !accepts(input, feed)) throw this.#badFeed(input.name, typeText(input), feed);
      return feed;
    });
    return this.#interpreter.run(this.graph, inputs, fetches);
  }

  #outputInfo(name: string): ValueInfo {
    const info = this.graph.outputs.find((output) => output.name === name);
    if (info !== undefined) return info;
    const details = { graph: this.graph.name, name, expected: this.#outputNames.join(', ') };
    throw new OutsetError('runtime.bad_feed', { ...details, got: 'no such output' });
  }

  #badFeed(name: string, expected: string, got: Tensor | undefined): OutsetError {
    const text = got === undefined ? 'nothing' : typeText(got);
    return new OutsetError('runtime.bad_feed', { graph: this.graph.name, name, expected, got: text });
  }
}

/** True if the tensor has the declared shape and type; any type of real numbers does for another. */
function accepts(info: ValueInfo, value: Tensor): boolean {
  const sameType = value.dtype === info.dtype || (isReal(value.dtype) && isReal(info.dtype));
  return (
    sameType &&
    value.dims.length === info.dims.length &&
    value.dims.every((length, axis) => length === info.dims[axis])
  );
}

function typeText({ dtype, dims }: ValueType): string {
  return `${dtype} [${dims.join(', ')}]`;
}
