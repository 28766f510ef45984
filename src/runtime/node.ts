import { OutsetError } from '../messages/error.ts';
import type { OrtModule } from './onnxruntime.ts';
import { ortRuntime, reasonOf } from './onnxruntime.ts';
import type { Runtime } from './runtime.ts';

export { nodeThreads } from './node-threads.ts';

/**
 * The engine in Node: onnxruntime-node (native, CPU), an optional peer dependency; where it is absent or has no build
 * for the machine, onnxruntime-web (WebAssembly, 2.5 to 5 times slower), and `name` says so.
 *
 * `run` blocks the event loop while the engine works, and `flushSubnormals` changes the calling thread for ever: train
 * in a worker thread.
 * @throws runtime.engine_missing when neither package can be loaded; the message says what to type
 */
export async function nodeRuntime(): Promise<Runtime> {
  try {
    const module = await load(() => import('onnxruntime-node'));
    return ortRuntime({ module, name: 'onnxruntime-node cpu', provider: 'cpu', writesInPlace: true });
  } catch (error) {
    try {
      const module = await load(() => import('onnxruntime-web'));
      module.env.wasm.numThreads = 1;
      return ortRuntime({ module, name: 'onnxruntime-web wasm', provider: 'wasm', writesInPlace: false });
    } catch {
      throw new OutsetError(
        'runtime.engine_missing',
        { reason: firstLine(reasonOf(error)) },
        { cause: error },
      );
    }
  }
}

async function load(importModule: () => Promise<unknown>): Promise<OrtModule> {
  const module = (await importModule()) as { default?: OrtModule } & OrtModule;
  return module.InferenceSession === undefined && module.default !== undefined ? module.default : module;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0];
}
