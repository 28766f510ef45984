import { reportLabels } from '../../messages/labels/report.ts';
import type { RaceResult } from '../../race/result.ts';
import type { OptimizerSpec, ScheduleSpec } from '../../training/spec.ts';
import { type Localized, localized, verbatim } from '../figures/figure.ts';
import { formatCount } from '../figures/number-format.ts';
import { escaped, say } from './markup.ts';

/** What it takes to run the race again: the command, and everything that decided its numbers. */
export function factsMarkup(result: RaceResult): string {
  const { spec, machine, dataset } = result;
  const { training } = spec;
  const text = (label: (typeof reportLabels)['copy']) => localized(label, {});
  const facts: [Localized, Localized][] = [
    [text(reportLabels.factNetwork), verbatim(result.networkTitle)],
    [text(reportLabels.factParameters), verbatim(formatCount(result.parameterCount))],
    [text(reportLabels.factData), verbatim([dataset.name, dataset.description].filter(Boolean).join(': '))],
    [
      text(reportLabels.factExamples),
      localized(reportLabels.examples, {
        train: formatCount(dataset.train),
        test: formatCount(dataset.test),
      }),
    ],
    ...(dataset.classes === null
      ? []
      : ([[text(reportLabels.factClasses), verbatim(dataset.classes.join(', '))]] as [
          Localized,
          Localized,
        ][])),
    [
      text(reportLabels.factPreprocessing),
      localized(reportLabels.preprocessing, { name: spec.preprocessing }),
    ],
    [text(reportLabels.factDigest), verbatim(dataset.digest)],
    [text(reportLabels.factOptimizer), verbatim(described(training.optimizer))],
    ...(training.labelSmoothing === undefined
      ? []
      : ([[text(reportLabels.factLabelSmoothing), verbatim(String(training.labelSmoothing))]] as [
          Localized,
          Localized,
        ][])),
    [text(reportLabels.factRate), verbatim(rate(training.learningRate, training.schedule))],
    [text(reportLabels.factBatch), verbatim(formatCount(training.batchSize))],
    [text(reportLabels.factEpochs), verbatim(formatCount(training.epochs))],
    ...(spec.earlyStopping === undefined
      ? []
      : ([
          [text(reportLabels.factEarlyStopping), localized(reportLabels.earlyStopping, spec.earlyStopping)],
        ] as [Localized, Localized][])),
    [text(reportLabels.factSeeds), verbatim(spec.seeds.join(', '))],
    [text(reportLabels.factStream), verbatim(spec.stream)],
    [text(reportLabels.factMachine), localized(reportLabels.machine, machine)],
    [
      text(reportLabels.factVersions),
      verbatim(`outset ${result.outsetVersion}, node ${machine.node}, ${machine.engine}`),
    ],
    [text(reportLabels.factDate), verbatim(result.createdAt)],
    [text(reportLabels.factTime), localized(reportLabels.duration, { seconds: result.seconds })],
  ];
  return `<p>${say(text(reportLabels.repeatExplained))}</p>${commandMarkup(result.command)}${definitionList(facts)}`;
}

/** A command with a button that copies it. */
export function commandMarkup(command: string): string {
  return (
    `<div class="command"><pre tabindex="0"><code id="command">${escaped(command)}</code></pre>` +
    `<button type="button" id="copy" hidden><span class="before">${say(localized(reportLabels.copy, {}))}</span>` +
    `<span class="after" role="status">${say(localized(reportLabels.copied, {}))}</span></button></div>`
  );
}

/** Names and values. */
export function definitionList(facts: readonly (readonly [Localized, Localized])[]): string {
  return `<dl>${facts.map(([name, value]) => `<div><dt>${say(name)}</dt><dd>${say(value)}</dd></div>`).join('')}</dl>`;
}

/** `adam (beta1 0.9)`: the name and every value that was given. */
function described({ name, ...options }: OptimizerSpec): string {
  const values = Object.entries(options).map(([key, value]) => `${key} ${value}`);
  return values.length === 0 ? name : `${name} (${values.join(', ')})`;
}

function rate(value: number, { name, ...options }: ScheduleSpec): string {
  const values = Object.entries(options).map(([key, option]) => `${key} ${option}`);
  return `${value}, ${[name, ...values].join(', ')}`;
}
