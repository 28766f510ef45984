import type { Subject } from '../../../../src/doctor/subject.ts';
import type { WrittenFile } from '../../../../src/models/container.ts';
import type { Tensor } from '../../../../src/tensor/tensor.ts';
import { type DoctorOrder, mendedName } from './order.ts';

/** The model in its own format with other weights; empty where the format cannot be written. */
export async function mendedFiles(
  order: DoctorOrder,
  { rewrite }: Subject,
  values: ReadonlyMap<string, Tensor<'float32'>>,
): Promise<{ name: string; content: Blob }[]> {
  const written = (await rewrite?.(values)) ?? [];
  return Promise.all(
    written.map(async ({ name, content }) => ({
      name: name === '' ? mendedName(order) : name,
      content: await blobOf(content),
    })),
  );
}

async function blobOf(content: WrittenFile['content']): Promise<Blob> {
  if (typeof content === 'string') return new Blob([content]);
  if (content instanceof Uint8Array) return new Blob([content as Uint8Array<ArrayBuffer>]);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of content) pieces.push(piece as Uint8Array<ArrayBuffer>);
  return new Blob(pieces);
}
