/**
 * Requests for PyTorch's numbers and our answers to them; `test/peers/torch_numbers.py` says what a request is and gives
 * PyTorch's own answers.
 */
import { createHash } from 'node:crypto';
import { torchInit } from '../../src/initializers/index.ts';
import { torchDefaults } from '../../src/initializers/torch/defaults.ts';
import type { TorchLayer } from '../../src/initializers/torch/layer.ts';
import { type TorchDialect, type TorchRelease, TorchStream } from '../../src/random/index.ts';

export interface TorchDraw {
  readonly call: string;
  readonly shape?: readonly number[];
  readonly args?: readonly number[];
  readonly kwargs?: Readonly<Record<string, number | string | null>>;
  readonly dtype?: 'float32' | 'float64';
  readonly layer?: TorchLayer;
}

export interface TorchRequest {
  readonly seed: number;
  readonly draws: readonly TorchDraw[];
  readonly values?: boolean;
}

export interface TorchAnswer {
  readonly sha256: string;
  readonly names?: readonly (readonly [string, readonly number[]])[];
  readonly base64?: string;
}

/** What the script prints: by capability. */
export type TorchAnswers = Readonly<
  Record<string, { readonly torch: string; readonly answers: readonly TorchAnswer[] }>
>;

/** Capabilities of PyTorch's compilations, and the dialects that have their numbers. */
export const capabilities = { avx2: 'torch-avx2', default: 'torch-scalar' } as const;

/** The release whose numbers a version of PyTorch draws. */
export function releaseOf(version: string): TorchRelease {
  return version.startsWith('1.') ? '1.13' : '2.13';
}

/** Our answer: the bytes of all tensors of a request, and their names where they have some. */
export function ourBytes(
  request: TorchRequest,
  dialect: TorchDialect,
  release: TorchRelease,
): { bytes: Buffer; names: [string, number[]][] } {
  const stream = new TorchStream(request.seed, { dialect, release });
  const names: [string, number[]][] = [];
  const parts: Buffer[] = [];
  const add = (data: ArrayBufferView) =>
    parts.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  for (const draw of request.draws) {
    if (draw.call === 'module') {
      for (const [name, tensor] of torchDefaults(draw.layer as TorchLayer, stream, { dtype: draw.dtype })) {
        names.push([name, [...tensor.dims]]);
        add(tensor.data);
      }
    } else {
      add(one(stream, draw));
    }
  }
  return { bytes: Buffer.concat(parts), names };
}

export function ourAnswer(request: TorchRequest, dialect: TorchDialect, release: TorchRelease): TorchAnswer {
  const { bytes, names } = ourBytes(request, dialect, release);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return names.length === 0 ? { sha256 } : { sha256, names };
}

function one(
  stream: TorchStream,
  { call, shape = [], args = [], kwargs = {}, dtype }: TorchDraw,
): ArrayBufferView {
  const count = shape.reduce((product, length) => product * length, 1);
  const out = dtype === 'float64' ? new Float64Array(count) : new Float32Array(count);
  const integers = (values: ArrayLike<number>) =>
    BigInt64Array.from(values as number[], (value) => BigInt(value));
  const options = { ...kwargs, dtype } as { dtype: typeof dtype; sparsity: number };
  switch (call) {
    case 'uniform_':
      return stream.uniform(out, args[0], args[1]);
    case 'normal_':
      return stream.normal(out, args[0], args[1]);
    case 'bernoulli_':
      return stream.bernoulli(out, args[0]);
    case 'randperm':
      return integers(stream.permutation(args[0]));
    case 'randint':
      return integers(stream.randint(args[0], args[1], (args[2] as unknown as number[])[0]));
    case 'init.uniform_':
      return torchInit.uniform(stream, shape, options).data;
    case 'init.normal_':
      return torchInit.normal(stream, shape, options).data;
    case 'init.trunc_normal_':
      return torchInit.truncatedNormal(stream, shape, options).data;
    case 'init.constant_':
      return torchInit.constant(shape, args[0], options).data;
    case 'init.ones_':
      return torchInit.ones(shape, options).data;
    case 'init.zeros_':
      return torchInit.zeros(shape, options).data;
    case 'init.eye_':
      return torchInit.eye(shape, options).data;
    case 'init.dirac_':
      return torchInit.dirac(shape, options).data;
    case 'init.xavier_uniform_':
      return torchInit.xavierUniform(stream, shape, options).data;
    case 'init.xavier_normal_':
      return torchInit.xavierNormal(stream, shape, options).data;
    case 'init.kaiming_uniform_':
      return torchInit.kaimingUniform(stream, shape, options).data;
    case 'init.kaiming_normal_':
      return torchInit.kaimingNormal(stream, shape, options).data;
    case 'init.orthogonal_':
      return torchInit.orthogonal(stream, shape, options).data;
    case 'init.sparse_':
      return torchInit.sparse(stream, shape, options).data;
    default:
      throw new Error(`no such draw: ${call}`);
  }
}
