import type { Diagnosis } from '../../doctor/diagnosis.ts';
import type { Language } from '../../messages/index.ts';
import { doctorCliLabels as labels } from '../../messages/labels/doctor-cli.ts';
import { doctorReportLabels } from '../../messages/labels/doctor-report.ts';
import type { DoctorReportData } from '../../report/doctor/report-data.ts';
import { doctorScreen } from '../../report/doctor/screen.ts';
import { percent } from '../../report/doctor/words.ts';
import { exitFound, exitInterrupted } from '../exit-codes.ts';
import { packageVersion } from '../package-version.ts';
import { shownPath } from '../shown-path.ts';
import { StatusView } from '../status-view.ts';
import { runTask } from '../task/run-task.ts';
import { type DoctorOptions, type FailOn, parseFailOn, planDoctor } from './options.ts';
import { writeDoctorOutputs } from './outputs.ts';
import { type DoctorNews, type DoctorOutcome, type DoctorTask, stopped } from './protocol.ts';
import { doctorCommandOf } from './repeat-command.ts';

/** Work that takes less shows no progress. */
const quietSeconds = 2;

/**
 * `outset doctor`: examines a model in a thread of its own, and shows or writes what came out.
 * @returns the exit code: 1 where `--fail-on` says so
 */
export async function runDoctorCommand(
  model: string,
  options: DoctorOptions,
  language: Language,
): Promise<number> {
  const plan = planDoctor(model, options);
  const failOn = parseFailOn(options.failOn);
  const view = new StatusView(options.json === true, language);
  const outcome = await examineInThread({ plan, language }, view);
  const { diagnosis, fix, data, unchanged, fewer, notRunnable } = outcome;
  if (diagnosis === null) {
    view.event({ event: 'stopped' });
    return exitInterrupted;
  }
  const result: DoctorReportData = {
    format: 'outset-diagnosis',
    version: 1,
    outsetVersion: packageVersion(),
    createdAt: new Date().toISOString(),
    command: doctorCommandOf(plan),
    data,
    diagnosis,
    fix,
  };
  view.event({ event: 'diagnosis', ...result });
  if (options.json !== true) view.summary(doctorScreen(diagnosis, view.terminal).trimEnd());
  if (fewer !== null) view.note(labels.fewer[language](fewer));
  if (notRunnable !== null) view.note(notRunnable[language]);
  if (fix !== null) tellFix(diagnosis, fix, view, language);
  else if (plan.fix) view.note(labels.unchanged[language]({ reason: unchanged ?? 'learns-already' }));
  if (options.out !== undefined) {
    const file = await writeDoctorOutputs(result, options.out, language);
    view.note(labels.report[language]({ file: shownPath(file) }));
  }
  if (failOn === null || !failsOn(diagnosis, failOn)) return 0;
  view.note(labels.failed[language]({ on: failOn }));
  return exitFound;
}

function tellFix(
  diagnosis: Diagnosis,
  fix: NonNullable<DoctorReportData['fix']>,
  view: StatusView,
  language: Language,
): void {
  const name = ({ verdict }: Diagnosis) => doctorReportLabels.verdict[language]({ verdict: verdict.name });
  view.note(
    labels.change[language]({
      before: name(diagnosis),
      after: name(fix.after),
      from: percent(diagnosis.verdict.probability),
      to: percent(fix.after.verdict.probability),
    }),
  );
  if (fix.file !== null) view.note(labels.written[language]({ file: shownPath(fix.file) }));
}

async function examineInThread(task: DoctorTask, view: StatusView): Promise<DoctorOutcome> {
  const { language } = task;
  const begin = performance.now();
  let stage: DoctorNews['stage'] = 'opening';
  const timer = setInterval(() => {
    const seconds = (performance.now() - begin) / 1000;
    // There is no telling how long it takes: the bar fills ever more slowly.
    if (seconds > quietSeconds) {
      view.status(1 - 1 / (1 + seconds / 20), `${labels[stage][language]({})} (${seconds.toFixed(0)} s)`);
    }
  }, 200);
  try {
    return await runTask<DoctorNews, DoctorOutcome>({
      script: new URL('./worker.js', import.meta.url),
      task,
      onNews: (news) => {
        stage = news.stage;
      },
      onStopping: () => view.note(labels.stopping[language]({})),
      // What is computed without the engine does not look up; what the engine computes cannot be ended from outside.
      patience: { seconds: 5, result: stopped },
    });
  } finally {
    clearInterval(timer);
    view.end();
  }
}

/** Whether a diagnosis is as bad as `--fail-on` says, or worse. */
function failsOn({ findings, verdict }: Diagnosis, failOn: FailOn): boolean {
  if (failOn === 'will-not-learn') return verdict.name === 'will-not-learn';
  return findings.some(
    ({ severity }) => severity === 'error' || (failOn === 'warning' && severity === 'warning'),
  );
}
