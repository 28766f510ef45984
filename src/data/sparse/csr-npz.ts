/** Sparse matrices as scipy.sparse.save_npz writes them: arrays data, indices, indptr, shape and format in one .npz. */

import { readNpy, readNpyText } from '../../formats/npy.ts';
import { readZip, type ZipMember } from '../../formats/zip.ts';
import { OutsetError } from '../../messages/error.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { numberedClasses } from '../digit-images.ts';
import type { SparseExamples } from './sparse-dataset.ts';

const parts = ['data', 'indices', 'indptr', 'shape'] as const;
const defaultMaxBytes = 4 * 2 ** 30;

/** Whether an .npz archive holds a sparse matrix. */
export function isSparseNpz(bytes: Uint8Array, where: string, maxBytes = defaultMaxBytes): boolean {
  const names = readZip(bytes, where, maxBytes).map(({ name }) => name);
  return parts.every((part) => names.includes(`${part}.npy`));
}

/**
 * Reads a sparse matrix of real numbers and, if the archive has an array `y` too, class numbers. uint8 values are levels
 * and divided by 255, as in dense archives; explicit zeros are dropped; columns may stand in any order within a row.
 * @throws data.sparse_format unless it is in CSR form, data.sparse_matrix, data.npz_shape, data.label_range
 */
export function readSparseNpz(bytes: Uint8Array, where: string, maxBytes = defaultMaxBytes): SparseExamples {
  const members = new Map(readZip(bytes, where, maxBytes).map((member) => [member.name, member]));
  const format = members.get('format.npy');
  const form = format === undefined ? 'csr' : readNpyText(format.read(), `${where}: format`);
  if (form !== 'csr') throw new OutsetError('data.sparse_format', { where, got: form });
  const array = (name: string): Tensor => readVector(members.get(`${name}.npy`), name, where);
  const [data, indices, indptr, shape] = parts.map(array);
  const [rows, columns] = [Number(shape.data[0]), Number(shape.data[1])];
  if (shape.data.length !== 2 || !(rows > 0 && columns > 0 && columns < 2 ** 31)) {
    throw new OutsetError('data.sparse_matrix', {
      where,
      problem: 'shape',
      row: -1,
      expected: '[rows, columns]',
      got: `[${[...(shape.data as Iterable<unknown>)].slice(0, 4).join(', ')}]`,
    });
  }
  const labels = members.has('y.npy') ? classNumbers(array('y'), where) : new Int32Array(0);
  return {
    matrix: {
      rows,
      columns,
      ...sortedRows(wholeNumbers(indptr, where), wholeNumbers(indices, where), data, where),
    },
    labels,
    classes: labels.length === 0 ? [] : numberedClasses(labels),
  };
}

function readVector(member: ZipMember | undefined, name: string, where: string): Tensor {
  if (member === undefined) throw new OutsetError('data.npz_arrays', { where, got: [] });
  const array = readNpy(member.read(), `${where}: ${name}`);
  if (array.dims.length !== 1) {
    throw new OutsetError('data.npz_shape', { where, name, expected: '[count]', got: [...array.dims] });
  }
  return array;
}

function wholeNumbers({ data }: Tensor, where: string): Uint32Array {
  const out = new Uint32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = Number(data[i]);
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** 32) {
      const details = {
        where,
        problem: 'index',
        row: -1,
        expected: '0, 1, 2, ...',
        got: String(value),
      } as const;
      throw new OutsetError('data.sparse_matrix', details);
    }
    out[i] = value;
  }
  return out;
}

/** Rows with ascending columns and without zeros. What is wrong with them is found by checkSparseMatrix. */
function sortedRows(offsets: Uint32Array, indices: Uint32Array, data: Tensor, where: string) {
  if (data.data.length !== indices.length) {
    const got = String(data.data.length);
    const details = { where, problem: 'length', row: -1, expected: String(indices.length), got } as const;
    throw new OutsetError('data.sparse_matrix', details);
  }
  if (offsets.length > 0 && offsets[offsets.length - 1] !== indices.length) {
    const [expected, got] = [String(indices.length), String(offsets[offsets.length - 1])];
    const details = { where, problem: 'offsets', row: offsets.length - 1, expected, got } as const;
    throw new OutsetError('data.sparse_matrix', details);
  }
  const scale = data.dtype === 'uint8' ? 1 / 255 : 1;
  const columns = new Uint32Array(indices.length);
  const values = new Float32Array(indices.length);
  const kept = new Uint32Array(offsets.length);
  let to = 0;
  for (let row = 0; row + 1 < offsets.length; row++) {
    const [from, end] = [offsets[row], Math.min(offsets[row + 1], indices.length)];
    if (offsets[0] !== 0 || offsets[row + 1] < from || offsets[row + 1] > indices.length) {
      const expected = `${from} - ${indices.length}`;
      const details = { where, problem: 'offsets', row, expected, got: String(offsets[row + 1]) } as const;
      throw new OutsetError('data.sparse_matrix', details);
    }
    const order = Array.from({ length: end - from }, (_, i) => from + i);
    if (order.some((at) => at > from && indices[at] <= indices[at - 1])) {
      order.sort((a, b) => indices[a] - indices[b]);
    }
    for (const at of order) {
      const value = Number(data.data[at]) * scale;
      if (value === 0) continue;
      columns[to] = indices[at];
      values[to++] = value;
    }
    kept[row + 1] = to;
  }
  return { offsets: kept, indices: columns.slice(0, to), values: values.slice(0, to) };
}

const mostClasses = 1_000_000;

function classNumbers({ data }: Tensor, where: string): Int32Array {
  return Int32Array.from({ length: data.length }, (_, example) => {
    const got = Number(data[example]);
    if (Number.isInteger(got) && got >= 0 && got < mostClasses) return got;
    throw new OutsetError('data.label_range', {
      where: `${where}: y`,
      split: 'train',
      example,
      classes: mostClasses,
      got,
    });
  });
}
