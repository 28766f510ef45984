/** The data of a race, as the command line opens the same words. */
import type { Dataset } from '../../../../src/data/dataset.ts';
import { spirals, xor } from '../../../../src/data/synthetic.ts';
import { csvDataset } from '../../../../src/data/table-dataset.ts';
import { OutsetError } from '../../../../src/messages/error.ts';
import { threefry } from '../../../../src/random/threefry-stream.ts';
import { type FetchProgress, fetchImages, imageSetFile } from '../../data/fetch-dataset.ts';
import type { RaceOrder } from './order.ts';

export interface DataSource {
  address(path: string): string;
  progress(progress: FetchProgress): void;
  readonly signal: AbortSignal;
}

/** @throws the errors of the data room and of fetchImages; lab.no_table when the reader has given none */
export async function openData(order: RaceOrder, source: DataSource): Promise<Dataset> {
  const { data, size, own } = order;
  // The command line draws points and splits from seed 0, whatever the seeds of the race are.
  const stream = threefry(0);
  if (data === 'xor') return xor(stream.child('xor'), { count: 1000 });
  if (data === 'spirals') return spirals(stream.child('spirals'));
  if (data === 'own') {
    if (own === null) throw new OutsetError('lab.no_table', {});
    return csvDataset(own.bytes, stream.child('split'), {
      where: own.name,
      name: own.name,
      separator: own.name.toLowerCase().endsWith('.tsv') ? '\t' : undefined,
    });
  }
  return fetchImages(data, source.address(imageSetFile(data, size)), source.progress, source.signal);
}
