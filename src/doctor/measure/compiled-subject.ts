/** A subject's graph with more nodes, compiled, and run again and again on one batch. */
import type { GraphBuilder } from '../../onnx/builder.ts';
import type { Runtime, Values } from '../../runtime/runtime.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Subject, SubjectGraph } from '../subject.ts';
import type { ExaminationBatch } from './batch.ts';

export interface CompiledSubject {
  readonly builder: GraphBuilder;
  run(feeds: Values, fetches: readonly string[]): Promise<Values>;
  dispose(): Promise<void>;
}

/** @param outputs values to declare as outputs, beside those that the subject has declared */
export async function compileSubject(
  subject: Subject,
  { builder, fixed }: SubjectGraph,
  batch: Pick<ExaminationBatch, 'inputs'>,
  outputs: Iterable<string>,
  { runtime, threads = 1 }: { readonly runtime: Runtime; readonly threads?: number },
): Promise<CompiledSubject> {
  const declared = new Set(builder.build().outputs.map(({ name }) => name));
  for (const value of new Set(outputs)) {
    if (!declared.has(value)) builder.output(value);
  }
  const graph = builder.build();
  const program = await runtime.compile(graph, { threads });
  const always: Record<string, Tensor> = { ...Object.fromEntries(fixed), ...batch.inputs };
  for (const { name } of graph.inputs) {
    const value = subject.parameters.get(name);
    if (value !== undefined) always[name] = value;
  }
  return {
    builder,
    run: (feeds, fetches) => program.run({ ...always, ...feeds }, fetches),
    dispose: () => program.dispose(),
  };
}
