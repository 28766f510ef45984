import { parameterScales } from '../initializers/initializer-rule.ts';
import { type Language, OutsetError } from '../messages/index.ts';
import { initLabels } from '../messages/labels/init.ts';
import { applyArchitectureMap, parseArchitectureMap } from '../models/architecture-map.ts';
import type { ModelContainer } from '../models/container.ts';
import { drawByRules, drawLike, type NewValue } from '../models/draw.ts';
import type { Architecture } from '../models/model.ts';
import { openModel } from '../models/node/open-model.ts';
import { checkOutput, writeModel } from '../models/node/write-model.ts';
import { type ParameterPlan, parseRuleChoice, planByRules, type RuleChoice } from '../models/rules.ts';
import type { WeightDialect } from '../models/weight-dialect.ts';
import { weightDialect } from '../models/weight-dialects.ts';
import { type Dialect, openStream } from '../random/index.ts';
import { elementCount } from '../tensor/tensor.ts';
import { initTable, standardDeviation } from './init-table.ts';
import { readJsonFile } from './read-json-file.ts';
import { runStartsCommand } from './starts-command.ts';

/** Options of `outset init`, as commander hands them over. */
export interface InitOptions {
  readonly rule?: string[];
  readonly like?: string;
  readonly out?: string;
  readonly activation?: string;
  readonly seed: string;
  readonly stream: string;
  readonly map?: string;
  readonly dryRun?: boolean;
  readonly list?: boolean;
  readonly explain?: string;
  readonly json?: boolean;
}

/** What is to be done, checked before anything is drawn. */
interface Job {
  readonly container: ModelContainer;
  readonly architecture: Architecture;
  readonly plan: readonly ParameterPlan[];
  readonly values: Iterable<NewValue>;
  /** The order of the layers decides the values. */
  readonly sequential: boolean;
}

/** `outset init`: draws first weights for a model and writes its file again. */
export async function runInitCommand(
  model: string | undefined,
  options: InitOptions,
  language: Language,
): Promise<void> {
  if (options.list === true) return runStartsCommand(undefined, options.json === true, language);
  if (options.explain !== undefined)
    return runStartsCommand(options.explain, options.json === true, language);
  if (model === undefined) throw new OutsetError('init.no_model', {});
  if (options.rule === undefined && options.like === undefined && options.activation === undefined) {
    if (options.dryRun !== true) throw new OutsetError('init.no_rule', {});
  }
  if (options.out === undefined && options.dryRun !== true) throw new OutsetError('init.no_output', {});
  const container = await openModel(model);
  try {
    const job = await prepare(container, model, options);
    if (options.out !== undefined) checkOutput(container, options.out);
    await carryOut(job, options, language);
  } finally {
    await container.close();
  }
}

async function prepare(container: ModelContainer, model: string, options: InitOptions): Promise<Job> {
  const map =
    options.map === undefined ? undefined : parseArchitectureMap(readJsonFile(options.map), options.map);
  const found = container.architecture;
  const architecture = map === undefined ? found : applyArchitectureMap(found, map);
  if (architecture.layers.length === 0 && architecture.unknown.length === 0) {
    throw new OutsetError('models.no_weights', { where: model });
  }
  const choices = choicesOf(options);
  const plan = planByRules(architecture, choices, options.activation, model);
  const settled = { container: { ...container, architecture }, architecture };
  if (options.like === undefined) {
    const stream = openStream(options.stream as Dialect, seedOf(options.seed));
    const sequential = stream.child('a') === stream;
    return { ...settled, plan, values: drawByRules(plan, stream), sequential };
  }
  const general = choices.find(({ pattern }) => pattern === undefined);
  if (general !== undefined) throw new OutsetError('init.like_and_rule', { rule: general.rule });
  const { dialect, seed } = await likeOf(options.like);
  const stream = openStream(options.stream as Dialect, seedOf(options.seed));
  const chosen = planByRules(architecture, [{ rule: 'zeros' }, ...choices], options.activation, model);
  const byRule = new Set(plan.flatMap((one, i) => (isSame(one, chosen[i]) ? [one.parameter.name] : [])));
  return {
    ...settled,
    plan: plan.map((one) =>
      byRule.has(one.parameter.name) ? one : { ...one, rule: `${dialect.name}@${seed}` },
    ),
    values: likeAndRules(drawLike(dialect, architecture, seed, model), drawByRules(plan, stream), byRule),
    sequential: dialect.sequential,
  };
}

/** A parameter that a pattern names has the same plan whatever the others get. */
function isSame(one: ParameterPlan, other: ParameterPlan): boolean {
  return one.rule === other.rule;
}

function* likeAndRules(
  like: Iterable<NewValue>,
  rules: Iterable<NewValue>,
  byRule: ReadonlySet<string>,
): Generator<NewValue> {
  // Drawn all the same, so that the numbers of what follows are those of the framework.
  for (const value of like) if (!byRule.has(value[0])) yield value;
  for (const value of rules) if (byRule.has(value[0])) yield value;
}

async function carryOut(job: Job, options: InitOptions, language: Language): Promise<void> {
  const { container, architecture, plan, sequential } = job;
  const json = options.json === true;
  const deviations = new Map<string, number>();
  const types = new Map(plan.map(({ parameter }) => [parameter.name, parameter]));
  const watched = (function* (): Generator<NewValue> {
    for (const value of job.values) {
      const parameter = types.get(value[0]);
      if (parameter !== undefined) deviations.set(value[0], standardDeviation(parameter, value[1]));
      yield value;
    }
  })();
  if (options.dryRun === true) for (const _ of watched);
  else await writeModel(container, watched, options.out as string);
  const write = (line: string) => process.stdout.write(`${line}\n`);
  const orderNote = sequential && !architecture.orderKnown;
  const others = architecture.kept.length + architecture.unknown.length;
  if (json) {
    for (const line of parameterEvents(plan, deviations)) write(JSON.stringify(line));
    if (!options.dryRun) {
      write(
        JSON.stringify({
          event: 'written',
          file: options.out,
          parameters: deviations.size,
          kept: others,
          orderKnown: architecture.orderKnown,
        }),
      );
    }
    return;
  }
  if (options.dryRun === true) {
    process.stdout.write(initTable(plan, deviations, language));
    if (others > 0) write(initLabels.kept[language]({ count: others }));
  } else {
    const elements = [...deviations.keys()].reduce(
      (sum, name) => sum + elementCount(types.get(name)?.dims ?? []),
      0,
    );
    const details = {
      file: options.out as string,
      parameters: deviations.size,
      elements: elements.toLocaleString(language),
    };
    write(initLabels.written[language](details));
  }
  if (orderNote) process.stderr.write(`${initLabels.orderFromNames[language]({})}\n`);
}

function parameterEvents(
  plan: readonly ParameterPlan[],
  deviations: ReadonlyMap<string, number>,
): Record<string, unknown>[] {
  return plan.map(({ layer, parameter, rule, modelRule }) => {
    const { name, type, dims, shape } = parameter;
    const shapes = plan.filter((one) => one.modelRule === modelRule).map((one) => one.parameter.shape);
    const scales = modelRule === undefined ? undefined : parameterScales(modelRule, shapes).get(name);
    return {
      event: 'parameter',
      name,
      type,
      dims,
      layer: layer.name,
      kind: layer.kind,
      activation: layer.activation ?? null,
      role: shape.role,
      ...(shape.layout === undefined ? {} : { layout: shape.layout }),
      fanIn: shape.fanIn,
      fanOut: shape.fanOut,
      rule,
      std: deviations.get(name) ?? null,
      ...(scales === undefined ? {} : { scales }),
    };
  });
}

function choicesOf({ rule, activation, like }: InitOptions): RuleChoice[] {
  if (rule !== undefined) return rule.map(parseRuleChoice);
  // An activation alone asks for weights that keep its signal.
  return activation === undefined || like !== undefined
    ? []
    : [{ rule: 'variance-scaling(distribution=normal)' }];
}

async function likeOf(text: string): Promise<{ dialect: WeightDialect; seed: bigint }> {
  const match = /^([a-z][\w-]*)@(\d{1,20})$/i.exec(text.trim());
  if (match === null) throw new OutsetError('init.bad_like', { got: text });
  return { dialect: await weightDialect(match[1].toLowerCase()), seed: BigInt(match[2]) };
}

function seedOf(text: string): number | bigint {
  if (!/^\d{1,20}$/.test(text.trim())) {
    throw new OutsetError('race.bad_option', { option: '--seed', got: text, expected: '0 ... 2^64 - 1' });
  }
  const value = BigInt(text.trim());
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
