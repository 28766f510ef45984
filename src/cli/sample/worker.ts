import { openStream } from '../../random/index.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import { drawSamples } from '../boltzmann/draw-samples.ts';
import { readModelFile } from '../boltzmann/stored-model-file.ts';
import { serveTask } from '../task/serve-task.ts';
import type { SampleOutcome, SampleTask } from './protocol.ts';

serveTask<SampleTask, never, SampleOutcome>(async (task) => {
  const { count, labels, steps, seed, threads } = task;
  const classes = labels === null ? null : labels.flatMap((label) => new Array<number>(count).fill(label));
  return drawSamples(readModelFile(task.modelFile), {
    count: classes?.length ?? count,
    labels: classes === null ? null : Int32Array.from(classes),
    steps,
    stream: openStream('threefry', seed).child('sample'),
    runtime: await nodeRuntime(),
    compile: { threads, flushSubnormals: true },
  });
});
