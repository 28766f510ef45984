/** Opens what an order names, and takes a batch that fits it. */
import type { Dataset } from '../../../../src/data/dataset.ts';
import { batchFor, type SubjectBatch } from '../../../../src/doctor/subject/batch.ts';
import { networkOfShorthand, subjectFromStart } from '../../../../src/doctor/subject/from-start.ts';
import { subjectFromBytes } from '../../../../src/doctor/subject/open-source.ts';
import type { Subject } from '../../../../src/doctor/subject.ts';
import { OutsetError } from '../../../../src/messages/error.ts';
import { labDoctor } from '../../../../src/messages/labels/lab-doctor.ts';
import { createNetwork } from '../../../../src/network/create-network.ts';
import type { NetworkSpec } from '../../../../src/network/spec.ts';
import { type Localized, localized } from '../../../../src/report/figures/figure.ts';
import type { Runtime } from '../../../../src/runtime/runtime.ts';
import { batchSize, type DoctorOrder, mainFile } from './order.ts';

/** A tab has to hold the file, its weights and those of several attempts to mend it. */
const mostBytes = 400 * 2 ** 20;
const mostParameters = 20_000_000;

export interface Patient {
  readonly subject: Subject;
  readonly batch: SubjectBatch;
  /** The data of the batch in the words of the command line; null for noise. */
  readonly used: string | null;
  /** Why the batch is noise although data was asked for. */
  readonly note: Localized | null;
}

/**
 * @param openData the data set that the order names; null for noise
 * @throws lab.model_too_large, and what the library throws for files and networks that cannot be
 */
export async function openPatient(
  order: DoctorOrder,
  runtime: Runtime,
  openData: () => Promise<Dataset | null>,
): Promise<Patient> {
  if (order.files === null) {
    const { data, note } = await dataFor(openData);
    const spec = checked(networkOfShorthand(order.network, data ?? undefined), order.network);
    const open = async (set: Dataset | null): Promise<Patient> => {
      const options = { start: order.start, seed: order.seed, data: set ?? undefined, runtime };
      return withBatch(order, await subjectFromStart(spec, options), set, note);
    };
    return open(data).catch((error: unknown) => {
      if (data === null || !doesNotFit(error)) throw error;
      const misfit = localized(labDoctor.dataDoesNotFit, { data: order.data });
      return open(null).then((patient) => ({ ...patient, note: misfit }));
    });
  }
  const subject = await subjectOfFiles(order.files, order.belongs);
  const { data, note } = await dataFor(openData);
  return withBatch(order, subject, data, note);
}

function withBatch(
  order: DoctorOrder,
  subject: Subject,
  data: Dataset | null,
  note: Localized | null,
): Patient {
  const options = { seed: order.seed, size: subject.fixedBatch ?? batchSize };
  if (data !== null) {
    try {
      const used = `${order.data}(train=10000,test=2000)`;
      return { subject, batch: batchFor(subject, { ...options, data }), used, note: null };
    } catch (error) {
      if (!doesNotFit(error)) throw error;
      const misfit = localized(labDoctor.dataDoesNotFit, { data: order.data });
      return { subject, batch: batchFor(subject, options), used: null, note: misfit };
    }
  }
  return { subject, batch: batchFor(subject, options), used: null, note };
}

/** The data, or why there is none: a host of the pages need not have it. */
async function dataFor(
  openData: () => Promise<Dataset | null>,
): Promise<{ data: Dataset | null; note: Localized | null }> {
  try {
    return { data: await openData(), note: null };
  } catch (error) {
    if (!(error instanceof OutsetError) || error.code !== 'lab.file_absent') throw error;
    return { data: null, note: { en: error.text('en'), ko: error.text('ko') } };
  }
}

function doesNotFit(error: unknown): boolean {
  return (
    error instanceof OutsetError &&
    ['doctor.batch_shape', 'doctor.batch_categories', 'doctor.batch_labels'].includes(error.code)
  );
}

async function subjectOfFiles(files: readonly File[], belongs: string): Promise<Subject> {
  const main = mainFile(files);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (total > mostBytes) {
    throw new OutsetError('lab.model_too_large', {
      where: main.name,
      unit: 'bytes',
      most: mostBytes,
      got: total,
    });
  }
  const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());
  const beside = new Map<string, Uint8Array>();
  for (const file of files) if (file !== main) beside.set(file.name, await bytesOf(file));
  const network = belongs === '' ? undefined : checked(networkOfShorthand(belongs, undefined), belongs);
  return subjectFromBytes(main.name, await bytesOf(main), beside, network === undefined ? {} : { network });
}

/** A network that a tab can hold. */
function checked(spec: NetworkSpec, where: string): NetworkSpec {
  const got = createNetwork(spec).parameterCount;
  if (got > mostParameters) {
    throw new OutsetError('lab.model_too_large', { where, unit: 'parameters', most: mostParameters, got });
  }
  return spec;
}
