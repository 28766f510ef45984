import { OutsetError } from '../messages/error.ts';
import type { OrtModule } from './onnxruntime.ts';
import { checkThreads, ortRuntime, reasonOf } from './onnxruntime.ts';
import type { Runtime } from './runtime.ts';

export { webThreads } from './web-threads.ts';

export interface WebRuntimeOptions {
  /** `wasm` (default) runs everywhere; `webgpu` needs a browser and machine with WebGPU. */
  readonly provider?: 'wasm' | 'webgpu';
  /**
   * Threads of the WebAssembly provider, fixed for the page by the first program; default 1. More than one needs a
   * cross-origin isolated page; without it the engine quietly uses one.
   */
  readonly threads?: number;
  /** Address of the folder that serves onnxruntime-web's .wasm and .mjs files; default beside the script. */
  readonly wasmFolder?: string;
}

/**
 * The engine in a browser: onnxruntime-web, loaded when asked for.
 * @throws runtime.web_engine_missing when the package cannot be loaded
 */
export async function webRuntime(options: WebRuntimeOptions = {}): Promise<Runtime> {
  const provider = options.provider ?? 'wasm';
  checkThreads(options.threads);
  let module: OrtModule;
  try {
    module = (provider === 'webgpu'
      ? await import('onnxruntime-web/webgpu')
      : await import('onnxruntime-web/wasm')) as unknown as OrtModule;
  } catch (error) {
    const details = { package: `onnxruntime-web/${provider}`, reason: reasonOf(error) };
    throw new OutsetError('runtime.web_engine_missing', details, { cause: error });
  }
  module.env.wasm.numThreads = options.threads ?? 1;
  if (options.wasmFolder !== undefined) module.env.wasm.wasmPaths = options.wasmFolder;
  return ortRuntime({ module, name: `onnxruntime-web ${provider}`, provider, writesInPlace: false });
}
