/** Loads a WebAssembly kernel onto a memory of the caller. */
export async function instantiateKernel<Exports>(
  base64: string,
  memory: WebAssembly.Memory,
): Promise<Exports> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  return instance.exports as Exports;
}
