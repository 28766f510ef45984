import { bytesOfBase64 } from '../../random/base64.ts';

/** Loads a WebAssembly kernel onto a memory of the caller. */
export async function instantiateKernel<Exports>(
  base64: string,
  memory: WebAssembly.Memory,
): Promise<Exports> {
  const { instance } = await WebAssembly.instantiate(bytesOfBase64(base64), { env: { memory } });
  return instance.exports as Exports;
}
