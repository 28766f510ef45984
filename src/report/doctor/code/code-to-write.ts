import type { Diagnosis, Prescription } from '../../../doctor/diagnosis.ts';
import { jaxCode } from './jax.ts';
import { kerasCode } from './keras.ts';
import { outsetCode } from './outset.ts';
import { pytorchCode } from './pytorch.ts';
import { tfjsCode } from './tfjs.ts';
import { treatmentsOf } from './treatment.ts';

export interface CodeToWrite {
  readonly framework: 'pytorch' | 'keras' | 'jax' | 'tfjs' | 'outset';
  readonly code: string;
}

/**
 * Prescriptions as code in five frameworks; empty where they hold nothing that code can do (advice on the architecture).
 * What no framework has a word for is loaded from the file that `--fix -o mended...` writes.
 */
export function codeToWrite(prescriptions: readonly Prescription[], diagnosis: Diagnosis): CodeToWrite[] {
  const treatments = treatmentsOf(prescriptions, diagnosis);
  if (treatments.length === 0) return [];
  return [
    { framework: 'pytorch', code: pytorchCode(treatments) },
    { framework: 'keras', code: kerasCode(treatments) },
    { framework: 'jax', code: jaxCode(treatments) },
    { framework: 'tfjs', code: tfjsCode(treatments) },
    { framework: 'outset', code: outsetCode(prescriptions) },
  ];
}
