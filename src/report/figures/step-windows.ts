/** Updates `from` ... `to - 1`, drawn as one point. */
export interface StepWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts a run into at most about `points` windows. The first updates keep windows of their own, because there the
 * starts differ most; then windows grow by a tenth of the step reached until all are equally wide.
 *
 *   width at step s = min(W, 1 + floor(s / 10)),  W = the width that makes the total fit
 */
export function stepWindows(steps: number, points = 300): StepWindow[] {
  let widest = 1;
  let windows = cut(steps, widest);
  while (windows.length > points && widest < steps) {
    widest = Math.max(widest + 1, Math.ceil(widest * (windows.length / points) * 0.98));
    windows = cut(steps, widest);
  }
  return windows;
}

function cut(steps: number, widest: number): StepWindow[] {
  const windows: StepWindow[] = [];
  for (let from = 0; from < steps; ) {
    const to = Math.min(steps, from + Math.min(widest, 1 + Math.floor(from / 10)));
    windows.push({ from, to });
    from = to;
  }
  return windows;
}
