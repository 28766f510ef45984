/** The packed data sets that the site serves, fetched once a worker, with progress. Runs in the worker. */
import type { Dataset } from '../../../src/data/dataset.ts';
import { unpackImages } from '../../../src/data/packed-images.ts';
import { OutsetError } from '../../../src/messages/error.ts';

export type ImageSetName = 'mnist' | 'fashion-mnist';
/** The first 10,000 training and 2,000 test examples, or all. */
export type ImageSetSize = '10000' | 'all';

/** Compressed bytes that have come, and all; `total` is 0 where the server does not say. */
export interface FetchProgress {
  readonly loaded: number;
  readonly total: number;
}

const fetched = new Map<string, Promise<Dataset>>();

/** Name of a set's file under the site's root. */
export function imageSetFile(name: ImageSetName, size: ImageSetSize): string {
  return `data/${name}${size === 'all' ? '' : `-${size}`}.bin.gz`;
}

/**
 * @param address where the file lies, from `context.address(imageSetFile(...))`
 * @throws lab.file_absent, lab.packed_images
 */
export function fetchImages(
  name: ImageSetName,
  address: string,
  progress: (progress: FetchProgress) => void,
  signal?: AbortSignal,
): Promise<Dataset> {
  const known = fetched.get(address);
  if (known !== undefined) return known;
  const fetching = load(name, address, progress, signal);
  fetched.set(address, fetching);
  fetching.catch(() => fetched.delete(address));
  return fetching;
}

async function load(
  name: ImageSetName,
  address: string,
  progress: (progress: FetchProgress) => void,
  signal?: AbortSignal,
): Promise<Dataset> {
  const file = new URL(address).pathname;
  const response = await fetch(address, signal === undefined ? {} : { signal });
  if (!response.ok || response.body === null) {
    throw new OutsetError('lab.file_absent', { file, status: response.status, hint: name });
  }
  const total = Number(response.headers.get('content-length') ?? 0);
  let loaded = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        loaded += chunk.length;
        progress({ loaded, total });
        controller.enqueue(chunk);
      },
    }),
  );
  const bytes = await new Response(counted.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
  return unpackImages(new Uint8Array(bytes), file);
}
