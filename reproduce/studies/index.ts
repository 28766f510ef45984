import { startsStudy } from './classifier-starts.ts';
import { fewLabelsStudy } from './few-labels.ts';
import { upDownStudy } from './hinton-osindero-teh.ts';
import { autoencoderStudy } from './hinton-salakhutdinov-autoencoder.ts';
import { classifierStudy, dropoutStudy } from './hinton-salakhutdinov-classifier.ts';
import type { Study } from './study.ts';

/** Experiments of papers, by name. */
export const studies: readonly Study[] = [
  classifierStudy,
  dropoutStudy,
  startsStudy,
  fewLabelsStudy,
  autoencoderStudy,
  upDownStudy,
];
