/** What a reader has the doctor look at, and the command that repeats it. */
import type { DoctorPlan } from '../../../../src/cli/doctor/options.ts';
import { doctorCommandOf } from '../../../../src/cli/doctor/repeat-command.ts';
import type { TrainingPlan } from '../../../../src/doctor/diagnosis.ts';
import type { StateOf } from '../../state/address.ts';
import type { doctorSchema } from './state.ts';

export type DoctorState = StateOf<typeof doctorSchema>;

export type DoctorOrder = Omit<DoctorState, 'framework'> & {
  /** A model's files, which stand in for network and start; read by the worker, and by nobody else. */
  readonly files: readonly File[] | null;
  /** The network that bare weights belong to; empty where nobody has said. */
  readonly belongs: string;
};

/** Examples in a batch, as on the command line. */
export const batchSize = 256;

/** The training that the verdict is about. */
export function trainingPlan({
  optimizer,
  rate,
  steps,
}: Pick<DoctorOrder, 'optimizer' | 'rate' | 'steps'>): TrainingPlan {
  return { optimizer: { name: optimizer }, learningRate: Number(rate), steps: Number(steps) };
}

/** Endings of the files that are a model; others lie beside one. */
const modelEndings = ['.onnx', '.keras', '.safetensors', '.h5', '.hdf5', '.npz', '.json'];

/** The file among several that the others belong to. */
export function mainFile<Named extends { readonly name: string }>(files: readonly Named[]): Named {
  for (const ending of modelEndings) {
    const found = files.find(({ name }) => name.toLowerCase().endsWith(ending));
    if (found !== undefined) return found;
  }
  return files[0];
}

/** Name of the mended file: `mended-model.onnx`. */
export function mendedName({ files }: Pick<DoctorOrder, 'files'>): string {
  return files === null ? 'mended.safetensors' : `mended-${mainFile(files).name}`;
}

/** @param used the data that the batch came from, in the words of the command line; null for noise */
export function doctorCommand(order: DoctorOrder, used: string | null): string {
  const { files, network, start, belongs, seed, mend } = order;
  const plan: DoctorPlan = {
    model: files === null ? network : mainFile(files).name,
    data: used,
    network: files === null || belongs === '' ? null : belongs,
    start: files === null ? start : null,
    training: trainingPlan(order),
    batch: batchSize,
    fix: mend === 'yes',
    output: mend === 'yes' ? mendedName(order) : null,
    full: false,
    onlyWeights: false,
    seed,
  };
  return doctorCommandOf(plan);
}
