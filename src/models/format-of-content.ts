import type { ModelFormat } from './model.ts';

/** How many of a file's first bytes {@link formatOfContent} looks at. */
export const formatBytes = 16;

/**
 * The format that the bytes of a file show, whatever its name; ONNX has no mark of its own and is what is left.
 *
 * @param start first {@link formatBytes} bytes, fewer where the file is shorter
 * @param whole the whole file; asked for where archives have to be told apart
 */
export async function formatOfContent(
  start: Uint8Array,
  whole: () => Promise<Uint8Array>,
): Promise<ModelFormat> {
  // Not decoded as Latin-1: that label means Windows-1252, whose 0x89 is another character.
  const shown = String.fromCharCode(...start.subarray(0, formatBytes));
  if (shown.startsWith('PK')) {
    const members = new TextDecoder('latin1').decode(await whole());
    return members.includes('model.weights.h5') && members.includes('config.json') ? 'keras' : 'npz';
  }
  if (shown.startsWith('\u0089HDF')) return 'hdf5';
  if (/^\s*\{/.test(shown)) return 'tfjs';
  return shown[8] === '{' ? 'safetensors' : 'onnx';
}
