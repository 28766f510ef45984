import { OutsetError } from '../../messages/error.ts';
import { formatPath, type LayerSite } from '../plan.ts';

/** Channels, height and width of what reaches a layer; anything but an image is an error that names the layer. */
export function imageDims(layer: string, { input, path }: LayerSite): [number, number, number] {
  if (input.length !== 3) {
    throw new OutsetError(
      'network.needs_image',
      { layer, where: formatPath(path), got: [...input] },
      { path },
    );
  }
  return [input[0], input[1], input[2]];
}

/** Pixels added before and after each image axis. */
export interface Padding {
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
}

/** Positions of a window along an axis, floored as in PyTorch. */
export function windowPositions(
  layer: string,
  site: LayerSite,
  window: {
    kernel: readonly [number, number];
    stride: readonly [number, number];
    dilation: number;
    padding: Padding;
  },
): [number, number] {
  const [, ...size] = imageDims(layer, site);
  const reach = window.kernel.map((kernel) => (kernel - 1) * window.dilation + 1);
  const positions = size.map((length, axis) => {
    const padded = length + window.padding.before[axis] + window.padding.after[axis];
    return Math.floor((padded - reach[axis]) / window.stride[axis]) + 1;
  });
  if (positions.some((count) => count < 1)) {
    throw new OutsetError(
      'network.window_too_large',
      { layer, where: formatPath(site.path), window: reach, got: [...site.input] },
      { path: site.path },
    );
  }
  return [positions[0], positions[1]];
}
