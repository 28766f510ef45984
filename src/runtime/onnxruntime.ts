/**
 * What onnxruntime-node and onnxruntime-web have in common: a session as a {@link Program}. Their types are restated
 * here as far as we use them, so that neither package is needed to compile against Outset.
 */
import { OutsetError } from '../messages/error.ts';
import type { Graph, ValueInfo } from '../onnx/graph.ts';
import { encodeModel } from '../onnx/write.ts';
import type { DataType, Dims, Tensor } from '../tensor/tensor.ts';
import type { CompileOptions, Program, Runtime, Values } from './runtime.ts';
import { padConvolutionChannels } from './webgpu-convolution.ts';

interface OrtTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: unknown;
}
type OrtTensors = Record<string, OrtTensor>;

interface OrtSession {
  run(feeds: OrtTensors, fetches: readonly string[] | OrtTensors): Promise<OrtTensors>;
  release(): Promise<void>;
}

/** The part of onnxruntime's JavaScript interface that Outset calls. */
export interface OrtModule {
  readonly Tensor: new (type: string, data: unknown, dims: readonly number[]) => OrtTensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: Record<string, unknown>): Promise<OrtSession>;
  };
  readonly env: { wasm: { numThreads?: number; wasmPaths?: unknown }; logLevel?: string };
}

/** How one of the two packages is used. */
export interface OrtBackend {
  readonly module: OrtModule;
  /** Name of the runtime. */
  readonly name: string;
  readonly provider: 'cpu' | 'wasm' | 'webgpu';
  /** True if a run writes into the tensors given as fetches; otherwise results are copied there. */
  readonly writesInPlace: boolean;
}

/** A {@link Runtime} on one of onnxruntime's packages. */
export function ortRuntime(backend: OrtBackend): Runtime {
  return {
    name: backend.name,
    compile: async (graph, options = {}) => {
      checkThreads(options.threads);
      try {
        const model = encodeModel(backend.provider === 'webgpu' ? padConvolutionChannels(graph) : graph);
        const session = await backend.module.InferenceSession.create(model, sessionOptions(backend, options));
        return ortProgram(backend, graph, session);
      } catch (error) {
        if (error instanceof OutsetError) throw error;
        const details = { graph: graph.name, engine: backend.name, reason: reasonOf(error) };
        throw new OutsetError('runtime.compile_failed', details, { cause: error });
      }
    },
  };
}

/** @throws runtime.bad_threads unless undefined or a sensible number of threads */
export function checkThreads(threads: number | undefined): void {
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= 1024)) {
    throw new OutsetError('runtime.bad_threads', { got: threads });
  }
}

/** The sentence of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().replace(/\.$/, '');
}

function sessionOptions(backend: OrtBackend, options: CompileOptions): Record<string, unknown> {
  const threads = options.threads ?? 1;
  return {
    executionProviders: [backend.provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // Not 'all': its blocked layout for convolutions needs constant weights, so in training only the pools get it, and
    // the conversions around them cost 5 % of a step of a small convolutional network.
    graphOptimizationLevel: 'extended',
    // Warnings (an operator that runs on another provider, a constant that could be folded) are not for users.
    logSeverityLevel: 3,
    ...(options.flushSubnormals === true && backend.provider === 'cpu'
      ? { extra: { session: { set_denormal_as_zero: '1' } } }
      : {}),
  };
}

function ortProgram(backend: OrtBackend, graph: Graph, session: OrtSession): Program {
  const outputs = new Map(graph.outputs.map((output) => [output.name, output]));
  let disposed = false;

  async function runSession<Fetches extends readonly string[] | OrtTensors>(
    feeds: OrtTensors,
    fetches: Fetches,
  ): Promise<OrtTensors> {
    if (disposed) throw new OutsetError('runtime.disposed', { graph: graph.name });
    try {
      return await session.run(feeds, fetches);
    } catch (error) {
      const details = { graph: graph.name, engine: backend.name, reason: reasonOf(error) };
      throw new OutsetError('runtime.run_failed', details, { cause: error });
    }
  }

  return {
    graph,
    run: async (feeds, fetches = graph.outputs.map(({ name }) => name)) => {
      const wanted = fetches.map((name) => requireOutput(graph, outputs, name));
      const results = await runSession(wrapFeeds(backend, graph, feeds), fetches);
      return Object.fromEntries(wanted.map((info) => [info.name, unwrap(results[info.name], info)]));
    },
    bind: (feeds, fetches) => {
      const inputs = wrapFeeds(backend, graph, feeds);
      const names = Object.keys(fetches);
      const results: OrtTensors = {};
      for (const name of names) {
        const info = requireOutput(graph, outputs, name);
        checkTensor(graph, info, fetches[name]);
        results[name] = wrap(backend, fetches[name]);
      }
      if (backend.writesInPlace) return async () => void (await runSession(inputs, results));
      return async () => {
        const fresh = await runSession(inputs, names);
        for (const name of names) copyInto(fetches[name], fresh[name]);
      };
    },
    dispose: async () => {
      if (disposed) return;
      disposed = true;
      await session.release();
    },
  };
}

function wrapFeeds(backend: OrtBackend, graph: Graph, feeds: Values): OrtTensors {
  const wrapped: OrtTensors = {};
  for (const info of graph.inputs) {
    checkTensor(graph, info, feeds[info.name]);
    wrapped[info.name] = wrap(backend, feeds[info.name]);
  }
  return wrapped;
}

function wrap(backend: OrtBackend, { dtype, data, dims }: Tensor): OrtTensor {
  return new backend.module.Tensor(dtype, data, dims);
}

function unwrap(result: OrtTensor, info: ValueInfo): Tensor {
  return { dtype: info.dtype, dims: [...result.dims], data: result.data as Tensor['data'] };
}

function copyInto(target: Tensor, source: OrtTensor): void {
  (target.data as Float32Array).set(source.data as Float32Array);
}

function requireOutput(graph: Graph, outputs: ReadonlyMap<string, ValueInfo>, name: string): ValueInfo {
  const info = outputs.get(name);
  if (info !== undefined) return info;
  const expected = [...outputs.keys()].join(', ');
  throw new OutsetError('runtime.bad_feed', { graph: graph.name, name, expected, got: 'no such output' });
}

function checkTensor(graph: Graph, info: ValueInfo, value: Tensor | undefined): void {
  if (value !== undefined && value.dtype === info.dtype && sameDims(value.dims, info.dims)) return;
  throw new OutsetError('runtime.bad_feed', {
    graph: graph.name,
    name: info.name,
    expected: typeText(info.dtype, info.dims),
    got: value === undefined ? 'nothing' : typeText(value.dtype, value.dims),
  });
}

function sameDims(a: Dims, b: Dims): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

function typeText(dtype: DataType, dims: Dims): string {
  return `${dtype} [${dims.join(', ')}]`;
}
