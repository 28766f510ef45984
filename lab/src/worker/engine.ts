/** Which engine trains in this browser. Runs in the worker. */
import type { Runtime } from '../../../src/runtime/runtime.ts';
import { webRuntime } from '../../../src/runtime/web.ts';

export type EngineName = 'webgpu' | 'wasm-threads' | 'wasm';

export interface Engine {
  readonly name: EngineName;
  /** Threads that one operation uses. */
  readonly threads: number;
  readonly runtime: Runtime;
}

/** What a task may ask for; `auto` takes the best that there is. */
export type EngineWish = 'auto' | EngineName;

/**
 * WebGPU where the browser offers a real adapter, otherwise WebAssembly with threads where memory can be shared,
 * otherwise WebAssembly alone.
 *
 * A software adapter does not count: it is slower than WebAssembly on the same processor.
 * @param folder address of the folder with onnxruntime-web's .wasm and .mjs files
 */
export async function openEngine(folder: string, wish: EngineWish = 'auto'): Promise<Engine> {
  const processors = globalThis.crossOriginIsolated ? (navigator.hardwareConcurrency ?? 1) : 1;
  // Beyond four threads the small matrices of the lab get slower, not faster.
  const threads = wish === 'wasm' ? 1 : Math.max(1, Math.min(4, processors));
  if (wish === 'webgpu' || (wish === 'auto' && (await hasGraphicsProcessor()))) {
    const runtime = await webRuntime({ provider: 'webgpu', wasmFolder: folder });
    return { name: 'webgpu', threads: 1, runtime };
  }
  const runtime = await webRuntime({ provider: 'wasm', threads, wasmFolder: folder });
  return { name: threads > 1 ? 'wasm-threads' : 'wasm', threads, runtime };
}

/** The part of WebGPU that is asked here; TypeScript's library does not know it yet. */
interface AdapterSource {
  requestAdapter(): Promise<{
    readonly info?: { readonly isFallbackAdapter?: boolean; readonly architecture?: string };
    readonly isFallbackAdapter?: boolean;
  } | null>;
}

async function hasGraphicsProcessor(): Promise<boolean> {
  const { gpu } = navigator as unknown as { gpu?: AdapterSource };
  try {
    const adapter = await gpu?.requestAdapter();
    if (adapter === null || adapter === undefined) return false;
    const software = adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter ?? false;
    return !software && adapter.info?.architecture !== 'swiftshader';
  } catch {
    return false;
  }
}
