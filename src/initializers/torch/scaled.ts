/**
 * `torch.nn.init`: distributions scaled by the number of inputs and outputs, which PyTorch reads off the shape as
 * [out, in, kernel...] whatever the layer is.
 */

import { OutsetError } from '../../messages/error.ts';
import type { TorchStream } from '../../random/index.ts';
import type { Dims } from '../../tensor/tensor.ts';
import { torchGain } from '../gain.ts';
import { blank, checkRank, type TorchTensor, type TorchTensorOptions } from './blank.ts';
import { normal, uniform } from './fill.ts';

/** `_calculate_fan_in_and_fan_out`: in, and out, times the size of the kernel. */
export function shapeFans(rule: string, dims: Dims): { fanIn: number; fanOut: number } {
  checkRank(rule, dims, dims.length >= 2, '2 axes or more');
  let kernel = 1;
  for (let axis = 2; axis < dims.length; axis++) kernel *= dims[axis];
  return { fanIn: dims[1] * kernel, fanOut: dims[0] * kernel };
}

export interface XavierOptions extends TorchTensorOptions {
  /** Factor of the standard deviation, default 1; see `torchGain`. */
  readonly gain?: number;
}

/** `xavier_uniform_`: U(-a, a), a = gain sqrt(6 / (fanIn + fanOut)). */
export function xavierUniform(stream: TorchStream, dims: Dims, options: XavierOptions = {}): TorchTensor {
  const bound = Math.sqrt(3) * xavierStd('torch xavier-uniform', dims, options);
  return uniform(stream, dims, { a: -bound, b: bound, dtype: options.dtype });
}

/** `xavier_normal_`: N(0, std²), std = gain sqrt(2 / (fanIn + fanOut)); not truncated. */
export function xavierNormal(stream: TorchStream, dims: Dims, options: XavierOptions = {}): TorchTensor {
  return normal(stream, dims, { std: xavierStd('torch xavier-normal', dims, options), dtype: options.dtype });
}

function xavierStd(rule: string, dims: Dims, { gain = 1 }: XavierOptions): number {
  const { fanIn, fanOut } = shapeFans(rule, dims);
  return gain * Math.sqrt(2 / (fanIn + fanOut));
}

export interface KaimingOptions extends TorchTensorOptions {
  /** Negative slope of the rectifier that follows (`leaky_relu` only), default 0. */
  readonly a?: number;
  /** Which fan to divide by, default `fan_in`. */
  readonly mode?: 'fan_in' | 'fan_out';
  /** A name that `torchGain` knows, default `leaky_relu`. */
  readonly nonlinearity?: string;
}

/** `kaiming_uniform_`: U(-b, b), b = gain sqrt(3 / fan). An empty shape draws nothing, as in PyTorch. */
export function kaimingUniform(stream: TorchStream, dims: Dims, options: KaimingOptions = {}): TorchTensor {
  const rule = 'torch kaiming-uniform';
  if (dims.includes(0)) return blank(rule, dims, options.dtype);
  const bound = Math.sqrt(3) * kaimingStd(rule, dims, options);
  return uniform(stream, dims, { a: -bound, b: bound, dtype: options.dtype });
}

/** `kaiming_normal_`: N(0, std²), std = gain / sqrt(fan); not truncated. An empty shape draws nothing. */
export function kaimingNormal(stream: TorchStream, dims: Dims, options: KaimingOptions = {}): TorchTensor {
  const rule = 'torch kaiming-normal';
  if (dims.includes(0)) return blank(rule, dims, options.dtype);
  return normal(stream, dims, { std: kaimingStd(rule, dims, options), dtype: options.dtype });
}

function kaimingStd(rule: string, dims: Dims, options: KaimingOptions): number {
  const { a = 0, mode = 'fan_in', nonlinearity = 'leaky_relu' } = options;
  const { fanIn, fanOut } = shapeFans(rule, dims);
  if (mode !== 'fan_in' && mode !== 'fan_out') {
    throw new OutsetError('initializers.bad_parameter', {
      rule,
      parameter: 'mode',
      got: String(mode),
      expected: 'fan_in | fan_out',
    });
  }
  return torchGain(nonlinearity, a) / Math.sqrt(mode === 'fan_in' ? fanIn : fanOut);
}
