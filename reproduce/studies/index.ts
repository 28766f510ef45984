import { barsAndStripesStudy } from './bars-and-stripes.ts';
import { startsStudy } from './classifier-starts.ts';
import { criticalPointsStudy } from './critical-points.ts';
import { deepPlainStudy } from './deep-plain.ts';
import { decidesStudy } from './doctor-decides.ts';
import { developmentStudy } from './doctor-development.ts';
import { healsStudy } from './doctor-heals.ts';
import { predictsStudy } from './doctor-predicts.ts';
import { fewLabelsStudy } from './few-labels.ts';
import { upDownStudy } from './hinton-osindero-teh.ts';
import { autoencoderStudy } from './hinton-salakhutdinov-autoencoder.ts';
import { classifierStudy, dropoutStudy } from './hinton-salakhutdinov-classifier.ts';
import { isometryStudy } from './isometry.ts';
import { quantitativeStudy } from './salakhutdinov-murray.ts';
import type { Study } from './study.ts';
import { frontierStudy } from './trainable-frontier.ts';
import { twentyHiddenStudy } from './twenty-hidden-units.ts';

/** Experiments of papers, by name. */
export const studies: readonly Study[] = [
  classifierStudy,
  dropoutStudy,
  startsStudy,
  fewLabelsStudy,
  autoencoderStudy,
  upDownStudy,
  barsAndStripesStudy,
  twentyHiddenStudy,
  quantitativeStudy,
  developmentStudy,
  decidesStudy,
  healsStudy,
  deepPlainStudy,
  predictsStudy,
  criticalPointsStudy,
  isometryStudy,
  frontierStudy,
];
