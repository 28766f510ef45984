import { upDownStudy } from './hinton-osindero-teh.ts';
import { autoencoderStudy } from './hinton-salakhutdinov-autoencoder.ts';
import {
  classifierStudy,
  dropoutStudy,
  fewLabelsStudy,
  startsStudy,
} from './hinton-salakhutdinov-classifier.ts';
import type { Study } from './study.ts';

/** Experiments of papers that run in this process. */
export const studies: readonly Study[] = [
  classifierStudy,
  dropoutStudy,
  startsStudy,
  fewLabelsStudy,
  autoencoderStudy,
  upDownStudy,
];
