/** A network that a text names, with the first weights of a start. */
import type { Dataset } from '../../data/dataset.ts';
import { writeSafetensors } from '../../formats/safetensors.ts';
import { OutsetError } from '../../messages/error.ts';
import { createNetwork } from '../../network/create-network.ts';
import { parseNetwork, shorthandEnds } from '../../network/shorthand.ts';
import type { NetworkSpec } from '../../network/spec.ts';
import { openStream } from '../../random/open-stream.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { parseStart } from '../../starts/registry.ts';
import { float32, type Tensor } from '../../tensor/tensor.ts';
import type { Subject } from '../subject.ts';
import { subjectFromNetwork } from './from-network.ts';

/** Examples that a start by data looks at. */
const startBatch = 256;

/**
 * The network of a text such as `784-128x50-10:tanh`; ends that the text leaves out come from the data.
 * @throws doctor.ends_unknown, network.shorthand_syntax and its like
 */
export function networkOfShorthand(text: string, data: Dataset | undefined): NetworkSpec {
  const written = shorthandEnds(text);
  if (written !== undefined) return parseNetwork(text, written);
  if (data === undefined || data.task.kind === 'unlabelled') {
    throw new OutsetError('doctor.ends_unknown', { network: text });
  }
  const outputs = data.task.kind === 'classification' ? data.task.classes.length : data.task.outputs;
  return parseNetwork(text, { input: [...data.exampleDims], outputs });
}

/**
 * A network with the weights that a start draws for it; without a name PyTorch's defaults, which most networks begin
 * with. A start by data looks at the first 256 examples, or at noise where there are none.
 * @throws starts.unknown and its like; doctor.batch_shape where the data does not fit
 */
export async function subjectFromStart(
  spec: NetworkSpec,
  options: {
    readonly start: string | null;
    readonly seed: number;
    readonly data: Dataset | undefined;
    readonly runtime: Runtime;
  },
): Promise<Subject> {
  const { data, seed, runtime } = options;
  const network = createNetwork(spec);
  const stream = openStream('threefry', seed);
  const size = network.spec.input.reduce((product, length) => product * length, 1);
  const batch =
    data === undefined
      ? float32(
          [startBatch, ...network.spec.input],
          stream.child('start batch').normal(new Float32Array(startBatch * size)),
        )
      : firstExamples(data, network.spec.input, size);
  const start = parseStart(options.start ?? 'pytorch-default');
  const values = await start.parameters(network, { stream, batch, runtime });
  const subject = subjectFromNetwork(network, values);
  return {
    ...subject,
    title: `${network.title}, ${start.name}`,
    rewrite: async (mended: ReadonlyMap<string, Tensor<'float32'>>) => [
      { name: '', content: writeSafetensors(new Map([...subject.parameters, ...mended])) },
    ],
  };
}

function firstExamples(
  { train, exampleDims, name }: Dataset,
  input: readonly number[],
  size: number,
): Tensor<'float32'> {
  const got = exampleDims.reduce((product, length) => product * length, 1);
  if (got !== size) {
    const inputs = [{ name: 'features', dims: [-1, ...input], dtype: 'float32' }];
    throw new OutsetError('doctor.batch_shape', { where: name, inputs, got: [...exampleDims] });
  }
  const count = Math.min(startBatch, train.count);
  return float32([count, ...input], train.features.subarray(0, count * size));
}
