import { OutsetError } from '../messages/error.ts';
import { elementCount, strides, tensor } from '../tensor/tensor.ts';
import { layoutOf } from './check.ts';
import { checkLayout } from './fans.ts';
import type { Initializer } from './initializer.ts';

export interface StftOptions {
  /** Real (default) or imaginary part. */
  readonly side?: 'real' | 'imag';
  /** Default `hann`. */
  readonly window?: 'hann' | 'hamming' | 'none';
  /** `density` (default) divides by the window's Euclidean length, `spectrum` by the sum of its values. */
  readonly scaling?: 'density' | 'spectrum' | 'none';
  /** Whether the window is that of an endless periodic signal; default false. */
  readonly periodic?: boolean;
}

/**
 * Short-time Fourier transform as a one-dimensional convolution with one input channel: output f of kernel tap t gets
 *
 *   window[t] / norm · cos(-2 pi t f / (2 (outputs - 1)))      real;  sin for the imaginary side
 *
 * @throws initializers.needs_spectrum unless the weight has one kernel axis, one input and two outputs or more
 * @see Keras `STFT` initializer; without a window Keras leaves out the scaling too, and so does this
 */
export function stft(options: StftOptions = {}): Initializer {
  const { side = 'real', window = 'hann', scaling = 'density', periodic = false } = options;
  return (_stream, parameter) => {
    const { dims, name } = parameter;
    const layout = layoutOf('stft', parameter);
    checkLayout(dims, layout);
    const outputs = dims[layout.outAxis];
    if (layout.kernelAxes.length !== 1 || dims[layout.inAxis] !== 1 || outputs < 2 || layout.transposed) {
      throw new OutsetError('initializers.needs_spectrum', { name, dims: [...dims] });
    }
    const [axis] = layout.kernelAxes;
    const taps = windowOf(window, dims[axis], periodic);
    const norm = window === 'none' ? 1 : normOf(taps, scaling);
    const step = strides(dims);
    const out = new Float32Array(elementCount(dims));
    for (let t = 0; t < dims[axis]; t++) {
      for (let f = 0; f < outputs; f++) {
        const angle = (-2 * Math.PI * t * f) / (2 * (outputs - 1));
        const wave = side === 'real' ? Math.cos(angle) : Math.sin(angle);
        out[t * step[axis] + f * step[layout.outAxis]] = (wave * taps[t]) / norm;
      }
    }
    return tensor('float32', dims, out);
  };
}

function windowOf(window: 'hann' | 'hamming' | 'none', length: number, periodic: boolean): Float64Array {
  const out = new Float64Array(length).fill(1);
  if (window === 'none' || length === 1) return out;
  const base = window === 'hann' ? 0.5 : 0.54;
  const period = periodic ? length : length - 1;
  for (let t = 0; t < length; t++) out[t] = base - (1 - base) * Math.cos((2 * Math.PI * t) / period);
  return out;
}

function normOf(taps: Float64Array, scaling: 'density' | 'spectrum' | 'none'): number {
  if (scaling === 'none') return 1;
  let sum = 0;
  for (const tap of taps) sum += scaling === 'density' ? tap * tap : Math.abs(tap);
  return scaling === 'density' ? Math.sqrt(sum) : sum;
}
