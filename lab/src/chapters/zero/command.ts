import { startTexts } from './state.ts';

/** The command that draws the learning curves of chapter 1 again. */
export function learningCommand({ activation, seed }: { activation: string; seed: number }): string {
  const starts = Object.values(startTexts)
    .map((text) => `--start ${/^[\w-]+$/.test(text) ? text : `"${text}"`}`)
    .join(' ');
  const options = `--network 2-16-2:${activation} ${starts} --lr 0.03 --batch 4 --epochs 150`;
  return `outset race --data xor ${options}${seed === 0 ? '' : ` --seed ${seed}`}`;
}
