/**
 * The one protocol between a page and its worker. A page starts tasks; a task answers with progress and ends in exactly
 * one of done, failed and canceled. What a task takes and gives is a row of {@link Tasks}: TypeScript refuses a task
 * without a row, and a row without a task (`tasks.ts`).
 */

import type { Rbm } from '../../../src/boltzmann/index.ts';
import type { Language } from '../../../src/messages/define.ts';
import type { LineFigure } from '../../../src/report/figures/figure.ts';
import type { CompareEnd, CompareInput } from '../chapters/dbn/compare.ts';
import type { DreamFrame, DreamInput, Dreams } from '../chapters/dbn/dream.ts';
import type { StackOrder } from '../chapters/dbn/orders.ts';
import type { StackControl, StackEnd, StackNews } from '../chapters/dbn/train-stack.ts';
import type { DoctorFrame, DoctorNews } from '../chapters/doctor/examine.ts';
import type { DoctorOrder } from '../chapters/doctor/order.ts';
import type { PhaseMap } from '../chapters/map/phase-map.ts';
import type { SignalFrame, SignalInput } from '../chapters/map/signal.ts';
import type { MapActivation } from '../chapters/map/state.ts';
import type { RaceOrder } from '../chapters/race/order.ts';
import type { DigitsOrder } from '../chapters/rbm/commands.ts';
import type { Glimpse } from '../chapters/rbm/digit-pictures.ts';
import type { SmallFrame, SmallFrameInput } from '../chapters/rbm/small-frame.ts';
import type { SmallRun, SmallRunInput } from '../chapters/rbm/small-run.ts';
import type { Digit, DigitsControl, DigitsEnd, DigitsNews } from '../chapters/rbm/train-digits.ts';
import type { DepthFigures, DepthInput } from '../chapters/xavier/depth.ts';
import type { LayerFigure, LayerInput } from '../chapters/xavier/layer.ts';
import type { WeightsFrame } from '../chapters/xavier/weights.ts';
import type { ZeroFrame, ZeroInput } from '../chapters/zero/frame.ts';
import type { LearningInput } from '../chapters/zero/learning.ts';
import type { RaceControl, RaceEnd, RaceNews } from '../race/run-race.ts';
import type { EngineName } from './engine.ts';

/** Every task by name: what goes in, what comes while it runs, what a page may say to it, and what comes out. */
export interface Tasks {
  'zero.frame': { input: ZeroInput; progress: never; control: never; output: ZeroFrame };
  'zero.learning': { input: LearningInput; progress: never; control: never; output: LineFigure };
  'map.plane': {
    input: { readonly activation: MapActivation };
    progress: never;
    control: never;
    output: PhaseMap;
  };
  'map.signal': { input: SignalInput; progress: never; control: never; output: SignalFrame };
  'race.run': { input: RaceOrder; progress: RaceNews; control: RaceControl; output: RaceEnd };
  'rbm.run': { input: SmallRunInput; progress: never; control: never; output: SmallRun };
  'rbm.frame': { input: SmallFrameInput; progress: never; control: never; output: SmallFrame };
  'rbm.digits': {
    input: { readonly order: DigitsOrder; readonly digit: Digit };
    progress: DigitsNews;
    control: DigitsControl;
    output: DigitsEnd;
  };
  'rbm.look': {
    input: { readonly rbm: Rbm; readonly digit: Digit };
    progress: never;
    control: never;
    output: Glimpse;
  };
  'dbn.stack': { input: StackOrder; progress: StackNews; control: StackControl; output: StackEnd };
  'dbn.dream': { input: DreamInput; progress: DreamFrame; control: never; output: Dreams };
  'dbn.compare': { input: CompareInput; progress: RaceNews; control: RaceControl; output: CompareEnd };
  'doctor.examine': { input: DoctorOrder; progress: DoctorNews; control: never; output: DoctorFrame };
  'xavier.layer': { input: LayerInput; progress: never; control: never; output: LayerFigure };
  'xavier.depth': { input: DepthInput; progress: never; control: never; output: DepthFigures };
  'xavier.weights': { input: LayerInput; progress: never; control: never; output: WeightsFrame };
}

export type TaskName = keyof Tasks;

/** An error as data; the sentences are made in the worker, so that pages do not carry the whole catalogue. */
export interface TaskIssue {
  readonly code: string;
  readonly details: unknown;
  readonly text: Readonly<Record<Language, string>>;
}

/** What a page sends. */
export type PageMessage =
  /** First, once: address of the site's root, where engine and data lie. */
  | { readonly type: 'open'; readonly root: string }
  | {
      [Name in TaskName]: {
        readonly type: 'start';
        readonly id: number;
        readonly task: Name;
        readonly input: Tasks[Name]['input'];
      };
    }[TaskName]
  /** A word to a running task: pause, step, ... */
  | { readonly type: 'control'; readonly id: number; readonly control: Tasks[TaskName]['control'] }
  | { readonly type: 'cancel'; readonly id: number };

/** What a worker sends. */
export type WorkerMessage =
  | { readonly type: 'progress'; readonly id: number; readonly progress: Tasks[TaskName]['progress'] }
  | { readonly type: 'done'; readonly id: number; readonly output: Tasks[TaskName]['output'] }
  | { readonly type: 'failed'; readonly id: number; readonly issue: TaskIssue }
  | { readonly type: 'canceled'; readonly id: number }
  /** The engine that trains, as soon as a task has asked for one. */
  | { readonly type: 'engine'; readonly engine: EngineName; readonly threads: number };
