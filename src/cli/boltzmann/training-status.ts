import type { RbmEpochRecord, RbmProgress } from '../../boltzmann/rbm-trainer.ts';
import type { Language } from '../../messages/index.ts';
import { boltzmannRunLabels as labels } from '../../messages/labels/boltzmann-run.ts';
import { formatCost, formatDuration, formatRate } from '../race/format.ts';
import type { StatusView } from '../status-view.ts';

/** The line of a training in progress: rate, time left, reconstruction error, free-energy gap. */
export class TrainingStatus {
  readonly #view: StatusView;
  readonly #language: Language;
  #gap: number | null = null;

  constructor(view: StatusView, language: Language) {
    this.#view = view;
    this.#language = language;
  }

  epoch(record: RbmEpochRecord): void {
    this.#gap = record.freeEnergyGap;
  }

  /** @param layer  which of how many layers is being trained, where there are several */
  progress(progress: RbmProgress, layer?: { readonly layer: number; readonly layers: number }): void {
    const language = this.#language;
    const { epoch, epochs, step, stepsTotal, examplesPerSecond, secondsLeft, reconstructionError } = progress;
    // The last report may come after the closing line.
    if (step >= stepsTotal) return;
    const text = labels.progress[language]({
      epoch: Math.min(epoch + 1, epochs),
      epochs,
      rate: formatRate(examplesPerSecond),
      left: formatDuration(secondsLeft, language),
      error: formatMeasure(reconstructionError),
      gap: this.#gap === null ? '' : formatMeasure(this.#gap),
    });
    this.#view.status(
      step / Math.max(1, stepsTotal),
      layer === undefined ? text : labels.layerProgress[language]({ ...layer, text }),
    );
  }
}

/** A measure with four significant digits; a dash where there is none. */
export function formatMeasure(value: number | null): string {
  return value === null || !Number.isFinite(value) ? '–' : formatCost(value);
}
