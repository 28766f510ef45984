/** What one linear layer does to the variance of a signal and of a gradient, measured on drawn weights. */
import { appendGradient } from '../../../../src/autodiff/index.ts';
import { denseInOut, parameterShape } from '../../../../src/initializers/fans.ts';
import {
  type VarianceScalingOptions,
  varianceScaling,
} from '../../../../src/initializers/variance-scaling.ts';
import { labXavier, type XavierRule } from '../../../../src/messages/labels/lab-xavier.ts';
import { GraphBuilder } from '../../../../src/onnx/builder.ts';
import { threefry } from '../../../../src/random/threefry-stream.ts';
import { axisFor } from '../../../../src/report/figures/axis.ts';
import {
  type Axis,
  type FigureTable,
  type Localized,
  localized,
  type Spread,
} from '../../../../src/report/figures/figure.ts';
import { formatNumber } from '../../../../src/report/figures/number-format.ts';
import { spreadOf } from '../../../../src/report/figures/seeds.ts';
import { referenceRuntime } from '../../../../src/runtime/reference/index.ts';
import { float32 } from '../../../../src/tensor/tensor.ts';
import { distribution } from '../../../../src/training/distribution.ts';

/** The four rules as the library's variance scaling. */
export const scalings: Readonly<Record<XavierRule, VarianceScalingOptions>> = {
  forward: { scale: 1, mode: 'fanIn', distribution: 'normal' },
  backward: { scale: 1, mode: 'fanOut', distribution: 'normal' },
  xavier: { scale: 1, mode: 'fanAvg', distribution: 'normal' },
  he: { scale: 2, mode: 'fanIn', distribution: 'normal' },
};
export const ruleNames = Object.keys(scalings) as XavierRule[];

export interface LayerInput {
  readonly fanIn: number;
  readonly fanOut: number;
  readonly seed: number;
}

/** Two dots a rule: the signal's variance and the gradient's, behind the layer over before it. */
export interface LayerFigure {
  readonly title: Localized;
  readonly summary: Localized;
  readonly notes: readonly Localized[];
  readonly axis: Axis;
  readonly rows: readonly { readonly name: Localized; readonly forward: Spread; readonly backward: Spread }[];
  readonly table: FigureTable;
}

const draws = 5;
const batch = 64;

export async function layerFigure({ fanIn, fanOut, seed }: LayerInput): Promise<LayerFigure> {
  const builder = new GraphBuilder('layer');
  builder.input('x', 'float32', [batch, fanIn]);
  builder.input('w', 'float32', [fanIn, fanOut]);
  builder.input('arriving', 'float32', [batch, fanOut]);
  const z = builder.op('MatMul', ['x', 'w'], {}, { output: 'z' });
  const leaving = appendGradient(builder, z, ['x'], { seed: 'arriving' }).get('x') ?? '';
  for (const name of [z, leaving]) builder.output(name);
  const program = await referenceRuntime({ precision: 'float32' }).compile(builder.build());

  const shape = parameterShape({ name: 'w', dims: [fanIn, fanOut], layout: denseInOut });
  const factors = ruleNames.map(() => ({ forward: [] as number[], backward: [] as number[] }));
  for (let draw = 0; draw < draws; draw++) {
    const stream = threefry(seed).child(`draw ${draw}`);
    const x = float32([batch, fanIn], stream.child('x').normal(new Float32Array(batch * fanIn)));
    const arriving = float32([batch, fanOut], stream.child('g').normal(new Float32Array(batch * fanOut)));
    for (const [i, rule] of ruleNames.entries()) {
      const w = varianceScaling(scalings[rule])(stream.child('w'), shape);
      const results = await program.run({ x, w, arriving });
      factors[i].forward.push(meanSquare(results[z].data) / meanSquare(x.data));
      factors[i].backward.push(meanSquare(results[leaving].data) / meanSquare(arriving.data));
    }
  }
  await program.dispose();

  const rows = ruleNames.map((name, i) => ({
    name: localized(labXavier.ruleName, { name }),
    forward: spreadOf(factors[i].forward),
    backward: spreadOf(factors[i].backward),
  }));
  const xavier = rows[ruleNames.indexOf('xavier')];
  return {
    title: localized(labXavier.layerTitle, {}),
    summary: localized(labXavier.layerSummary, {
      fanIn,
      fanOut,
      forward: formatNumber(xavier.forward.middle),
      backward: formatNumber(xavier.backward.middle),
    }),
    notes: [localized(labXavier.layerNote, { draws, batch })],
    axis: axisFor(
      localized(labXavier.layerAxis, {}),
      'log',
      rows.flatMap(({ forward, backward }) => [forward.low, forward.high, backward.low, backward.high]),
      { include: [0.5, 2] },
    ),
    rows,
    table: {
      columns: [labXavier.ruleColumn, labXavier.forwardDirection, labXavier.backwardDirection].map((one) =>
        localized(one, {}),
      ),
      rows: rows.map(({ name, forward, backward }) => [name, forward.middle, backward.middle]),
    },
  };
}

function meanSquare(data: unknown): number {
  const { norm, count } = distribution(data as Float32Array);
  return (norm ?? Number.NaN) ** 2 / count;
}
