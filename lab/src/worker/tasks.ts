/** Every task of the protocol and the code that does it, loaded when it is first asked for. */
import type { TaskContext } from './context.ts';
import type { TaskName, Tasks } from './protocol.ts';

/** Does a task; its errors are issues of the library. */
export type Task<Name extends TaskName> = (
  input: Tasks[Name]['input'],
  context: TaskContext<Tasks[Name]>,
) => Promise<Tasks[Name]['output']> | Tasks[Name]['output'];

export const tasks: { readonly [Name in TaskName]: () => Promise<Task<Name>> } = {
  'zero.frame': async () => (await import('../chapters/zero/frame.ts')).zeroFrame,
  'zero.learning': async () => (await import('../chapters/zero/learning.ts')).learningFigure,
  'map.plane': async () => (await import('../chapters/map/phase-map.ts')).phaseMap,
  'map.signal': async () => (await import('../chapters/map/signal.ts')).signalFrame,
  'race.run': async () => (await import('../chapters/race/task.ts')).raceTask,
  'rbm.run': async () => (await import('../chapters/rbm/small-run.ts')).smallRun,
  'rbm.frame': async () => (await import('../chapters/rbm/small-frame.ts')).smallFrame,
  'rbm.digits': async () => (await import('../chapters/rbm/digits-task.ts')).digitsTask,
  'rbm.look': async () => (await import('../chapters/rbm/digits-task.ts')).lookTask,
  'dbn.stack': async () => (await import('../chapters/dbn/tasks.ts')).stackTask,
  'dbn.dream': async () => (await import('../chapters/dbn/tasks.ts')).dreamTask,
  'dbn.compare': async () => (await import('../chapters/dbn/tasks.ts')).compareTask,
  'doctor.examine': async () => (await import('../chapters/doctor/task.ts')).examineTask,
  'xavier.layer': async () => (await import('../chapters/xavier/layer.ts')).layerFigure,
  'xavier.depth': async () => (await import('../chapters/xavier/depth.ts')).depthFigures,
  'xavier.weights': async () => (await import('../chapters/xavier/weights.ts')).weightsFrame,
};
