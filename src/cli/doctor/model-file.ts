/** A model file as something to examine. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Dataset } from '../../data/dataset.ts';
import { subjectFromNetwork } from '../../doctor/subject/from-network.ts';
import { subjectFromOnnx } from '../../doctor/subject/from-onnx.ts';
import type { Subject } from '../../doctor/subject.ts';
import { bytesOfTensor } from '../../formats/element-bytes.ts';
import { decodeStored } from '../../formats/stored-tensor.ts';
import { OutsetError } from '../../messages/index.ts';
import type { ModelContainer } from '../../models/container.ts';
import type { ModelParameter } from '../../models/model.ts';
import { formatOfFile, openModel } from '../../models/node/open-model.ts';
import { createNetwork } from '../../network/create-network.ts';
import { type Tensor, tensor } from '../../tensor/tensor.ts';
import { networkSpecOf } from './spec-model.ts';

/**
 * Opens a model: the graph of an .onnx file, or bare weights with the network that they belong to.
 * @throws doctor.needs_network, doctor.weights_do_not_fit, models.unknown_format, and what reading the file throws
 */
export async function fileSubject(
  file: string,
  network: string | null,
  data: Dataset | undefined,
): Promise<Subject> {
  const format = formatOfFile(file);
  const container = await openModel(file);
  try {
    if (format === 'onnx') {
      // The container guards what may be read beside the model.
      const readBeside = (name: string) => container.read(name);
      const subject = await subjectFromOnnx(await readFile(file), { where: path.basename(file), readBeside });
      return subject;
    }
    if (network === null) throw new OutsetError('doctor.needs_network', { file });
    return await weightsSubject(container, file, network, data);
  } finally {
    await container.close();
  }
}

/** How a parameter of the network lies in the file. */
interface Place {
  readonly parameter: ModelParameter;
  readonly transposed: boolean;
}

async function weightsSubject(
  container: ModelContainer,
  file: string,
  text: string,
  data: Dataset | undefined,
): Promise<Subject> {
  const network = createNetwork(networkSpecOf(text, data));
  const places = placesOf(container, network.parameters, file);
  const values = new Map<string, Tensor<'float32'>>();
  for (const [name, { parameter, transposed }] of places) {
    const stored = decodeStored(parameter, await container.read(parameter.name));
    const plain = Float32Array.from(stored.data as ArrayLike<number>);
    const [rows, columns] = parameter.dims;
    const dims = network.parameters.find((one) => one.name === name)?.dims ?? [];
    values.set(name, tensor('float32', dims, transposed ? transpose(plain, rows, columns) : plain));
  }
  const { rewrite } = container;
  const subject = subjectFromNetwork(network, values);
  const found: Subject = {
    ...subject,
    title: path.basename(file),
    origin: formatOfFile(file) as Subject['origin'],
  };
  if (rewrite === undefined) return found;
  return {
    ...found,
    rewrite: (mended) =>
      rewrite(
        new Map(
          [...places].flatMap(([name, { parameter, transposed }]) => {
            const value = mended.get(name);
            if (value === undefined || parameter.type !== 'float32') return [];
            const [rows, columns] = parameter.dims;
            const plain = transposed ? transpose(value.data, columns, rows) : value.data;
            return [[parameter.name, bytesOfTensor(tensor('float32', parameter.dims, plain))] as const];
          }),
        ),
      ),
  };
}

/** Parameters of the file by those of the network: by name, else one after the other. */
function placesOf(
  { architecture }: ModelContainer,
  wanted: readonly { readonly name: string; readonly role: string; readonly dims: readonly number[] }[],
  file: string,
): Map<string, Place> {
  const all = architecture.layers.flatMap(({ parameters }) => parameters);
  const byName = new Map(all.map((parameter) => [parameter.name, parameter]));
  const named = wanted.every(({ name }) => byName.has(name));
  const inOrder = (role: string) =>
    all.filter(({ shape, fixed }) => shape.role === role && fixed === undefined);
  const next: Record<string, number> = {};
  return new Map(
    wanted.map(({ name, role, dims }) => {
      const place = next[role] ?? 0;
      next[role] = place + 1;
      const parameter = named ? byName.get(name) : inOrder(role)[place];
      const got = parameter?.dims ?? null;
      const same = got?.join() === dims.join();
      const turned = got !== null && got.length === 2 && got[0] === dims[1] && got[1] === dims[0];
      if (parameter === undefined || !(same || turned)) {
        throw new OutsetError('doctor.weights_do_not_fit', { file, name, expected: [...dims], got });
      }
      // A square matrix of a framework that has outputs first looks the same either way.
      const outputsFirst = parameter.shape.layout?.outAxis === 0 && role === 'weight' && dims.length === 2;
      return [name, { parameter, transposed: turned && (!same || outputsFirst) && !(named && same) }];
    }),
  );
}

function transpose(data: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(data.length);
  for (let i = 0; i < rows; i++) for (let k = 0; k < columns; k++) out[k * rows + i] = data[i * columns + k];
  return out;
}
