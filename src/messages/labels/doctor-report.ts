/** Texts of the doctor's report page, its screen in the terminal and its figures. Findings and verdicts have their own. */
import { label } from '../define.ts';

const layersEn = (count: number) => `${count} ${count === 1 ? 'layer' : 'layers'}`;
const severities = {
  error: { en: 'error', ko: '오류' },
  warning: { en: 'warning', ko: '주의' },
  note: { en: 'note', ko: '참고' },
} as const;
const verdicts = {
  learns: { en: 'learns', ko: '학습됨' },
  'learns-slowly': { en: 'learns slowly', ko: '느리게 학습됨' },
  'will-not-learn': { en: 'will not learn', ko: '학습되지 않음' },
  unknown: { en: 'unknown', ko: '판정 불가' },
} as const;
const stories = {
  forward: { en: 'the signal on its way in', ko: '앞으로 가는 신호' },
  backward: { en: 'the gradient on its way back', ko: '거슬러 오는 그래디언트' },
} as const;
type Direction = keyof typeof stories;
const frameworks = {
  pytorch: 'PyTorch',
  keras: 'Keras',
  jax: 'JAX (Flax)',
  tfjs: 'TensorFlow.js',
  outset: 'Outset',
} as const;
const distributions = {
  zeros: { en: 'all 0', ko: '모두 0' },
  constant: { en: 'one value', ko: '한 가지 값' },
  identity: { en: 'identity', ko: '단위행렬' },
  uniform: { en: 'uniform', ko: '균등분포' },
  normal: { en: 'normal', ko: '정규분포' },
  'truncated-normal': { en: 'truncated normal', ko: '절단 정규분포' },
  orthogonal: { en: 'orthogonal', ko: '직교행렬' },
  sparse: { en: 'sparse', ko: '희소' },
  other: { en: 'something else', ko: '그 밖의 분포' },
} as const;

export const doctorReportLabels = {
  pageTitle: label<{ title: string }>({
    en: ({ title }) => `The doctor on ${title}`,
    ko: ({ title }) => `초기화 진단: ${title}`,
  }),
  heading: label({ en: () => 'Will it learn?', ko: () => '이 출발점에서 학습이 될까요?' }),
  lead: label<{ title: string; layers: number; parameters: string; batch: number; noise: boolean }>({
    en: ({ title, layers, parameters, batch, noise }) =>
      batch === 0
        ? `${title}: ${layersEn(layers)} with weights, ${parameters} parameters. Only the weights were examined.`
        : `${title}: ${layersEn(layers)} with weights, ${parameters} parameters, examined before the first update with one batch of ${batch} ${noise ? 'examples of noise, because no data was given' : 'examples'}.`,
    ko: ({ title, layers, parameters, batch, noise }) =>
      batch === 0
        ? `${title}: 가중치가 있는 층 ${layers}개, 매개변수 ${parameters}개. 가중치만 살펴봤습니다.`
        : `${title}: 가중치가 있는 층 ${layers}개, 매개변수 ${parameters}개. ${noise ? `데이터가 주어지지 않아 잡음 예제 ${batch}개로 된` : `예제 ${batch}개로 된`} 배치 하나로 첫 업데이트 전의 상태를 진단했습니다.`,
  }),
  subjectLine: label<{ layers: number; parameters: string }>({
    en: ({ layers, parameters }) => `${layersEn(layers)}, ${parameters} parameters`,
    ko: ({ layers, parameters }) => `층 ${layers}개, 매개변수 ${parameters}개`,
  }),
  plan: label<{ optimizer: string; rate: string; steps: string }>({
    en: ({ optimizer, rate, steps }) => `${optimizer}, learning rate ${rate}, ${steps} steps`,
    ko: ({ optimizer, rate, steps }) => `${optimizer}, 학습률 ${rate}, ${steps}스텝`,
  }),
  probability: label<{ percent: string }>({
    en: ({ percent }) => `probability that it learns: ${percent}`,
    ko: ({ percent }) => `학습될 확률: ${percent}`,
  }),
  verdict: label<{ verdict: keyof typeof verdicts }>({
    en: ({ verdict }) => verdicts[verdict].en,
    ko: ({ verdict }) => verdicts[verdict].ko,
  }),
  severity: label<{ severity: keyof typeof severities }>({
    en: ({ severity }) => severities[severity].en,
    ko: ({ severity }) => severities[severity].ko,
  }),
  fine: label({ en: () => 'nothing found', ko: () => '이상 없음' }),
  noFindings: label({
    en: () => 'Nothing was found that stands in the way of learning.',
    ko: () => '학습을 막는 문제는 발견되지 않았습니다.',
  }),
  noiseNote: label({
    en: () => 'Measured with standardized noise: no data was given. --data FILE measures with your own.',
    ko: () => '데이터가 없어 표준화된 잡음으로 쟀습니다. 직접 준비한 데이터로 재려면 --data FILE을 쓰세요.',
  }),
  staticNote: label({
    en: () =>
      'The graph could not be run, so only the weights were examined, and theory says what they would do.',
    ko: () => '그래프를 실행할 수 없어 가중치만 살펴보고, 나머지는 이론으로 예측했습니다.',
  }),
  backwardMissing: label<{ operators: readonly string[] }>({
    en: ({ operators }) =>
      `The way back was not measured everywhere: there is no gradient rule for ${operators.join(', ')}.`,
    ko: ({ operators }) =>
      `그래디언트는 일부 구간에서 재지 못했습니다. 미분 규칙이 없는 연산자: ${operators.join(', ')}.`,
  }),
  unknownOperators: label<{ operators: readonly string[] }>({
    en: ({ operators }) => `Theory has no prediction behind ${operators.join(', ')}.`,
    ko: ({ operators }) => `이론으로 예측하지 못하는 연산자가 있습니다: ${operators.join(', ')}.`,
  }),
  unstableNote: label({
    en: () =>
      'The variance map is unstable on the way: small deviations grow, so the prediction is a direction only.',
    ko: () => '분산이 지나는 길이 불안정해 작은 차이가 층마다 커집니다. 예측값은 방향만 참고하세요.',
  }),
  more: label<{ count: number }>({
    en: ({ count }) => `and ${count} more: --json lists all, --out FOLDER writes a report`,
    ko: ({ count }) => `그 밖에 ${count}건. --json이 모두 나열하고 --out FOLDER가 보고서를 씁니다`,
  }),
  measuredBeside: label<{ quantity: string; measured: string; predicted: string }>({
    en: ({ quantity, measured, predicted }) => `${quantity} ${measured}, predicted ${predicted}`,
    ko: ({ quantity, measured, predicted }) => `${quantity} ${measured}, 예측 ${predicted}`,
  }),
  measuredOnly: label<{ quantity: string; measured: string }>({
    en: ({ quantity, measured }) => `${quantity} ${measured}`,
    ko: ({ quantity, measured }) => `${quantity} ${measured}`,
  }),
  bound: label<{ bound: string }>({
    en: ({ bound }) => `bound ${bound}`,
    ko: ({ bound }) => `기준 ${bound}`,
  }),
  confidence: label<{ percent: string }>({
    en: ({ percent }) => `confidence ${percent}`,
    ko: ({ percent }) => `확신도 ${percent}`,
  }),
  layerRange: label<{ first: string; last: string; count: number }>({
    en: ({ first, last, count }) => `${first} … ${last} (${count} layers)`,
    ko: ({ first, last, count }) => `${first} … ${last} (층 ${count}개)`,
  }),
  wholeNetwork: label({ en: () => 'whole network', ko: () => '신경망 전체' }),

  findingsHeading: label({ en: () => 'What was found', ko: () => '발견된 문제' }),
  evidence: label({ en: () => 'Evidence', ko: () => '근거' }),
  why: label({ en: () => 'What it means', ko: () => '무슨 뜻인가' }),
  prescription: label({ en: () => 'What to do', ko: () => '처방' }),
  blamed: label({ en: () => 'Layers to blame', ko: () => '문제가 있는 층' }),

  signalHeading: label({ en: () => 'Signal against depth', ko: () => '층을 지나며 변하는 신호' }),
  signalExplained: label({
    en: () =>
      'Each layer multiplies the signal on its way in and the gradient on its way back. On a logarithmic axis a constant factor per layer is a straight line: level is healthy, falling is vanishing, climbing is exploding. The dots were measured with the batch; the line is what theory expects of these widths and weights, the band where 95 % of draws lie.',
    ko: () =>
      '각 층은 앞으로 가는 신호와 거슬러 오는 그래디언트를 일정한 배율로 바꿉니다. 로그 눈금에서는 층마다 같은 배율이 곧은 선이 됩니다. 선이 평평하면 건강하고, 내려가면 사라지고, 올라가면 폭발합니다. 점은 배치로 잰 값, 선은 이 너비와 가중치에서 이론이 기대하는 값이며, 띠에는 새로 뽑은 가중치의 95 %가 들어옵니다.',
  }),
  depthTitle: label<{ direction: Direction }>({
    en: ({ direction }) =>
      direction === 'forward' ? 'Forward: size of the pre-activations' : 'Backward: size of ∂loss/∂z',
    ko: ({ direction }) =>
      direction === 'forward' ? '순방향: 활성화 전 값 z의 크기' : '역방향: ∂손실/∂z의 크기',
  }),
  screenTitle: label({
    en: () => 'Root mean square against depth',
    ko: () => '깊이에 따른 제곱평균제곱근',
  }),
  screenAxis: label({
    en: () => 'z forward; ∂loss/∂z backward, last layer = 1; log scale',
    ko: () => '순방향 z, 역방향 ∂손실/∂z (마지막 층 = 1), 로그 눈금',
  }),
  depthAxis: label({ en: () => 'depth', ko: () => '깊이(층)' }),
  forwardAxis: label({ en: () => 'root mean square of z', ko: () => 'z의 제곱평균제곱근' }),
  backwardAxis: label<{ relative: boolean }>({
    en: ({ relative }) => `root mean square of ∂loss/∂z${relative ? ', last layer = 1' : ''}`,
    ko: ({ relative }) => `∂손실/∂z의 제곱평균제곱근${relative ? ' (마지막 층 = 1)' : ''}`,
  }),
  measured: label({ en: () => 'measured', ko: () => '측정' }),
  predicted: label({ en: () => 'predicted', ko: () => '예측' }),
  fromColumn: label({ en: () => 'from', ko: () => '하한' }),
  toColumn: label({ en: () => 'to', ko: () => '상한' }),
  mended: label({ en: () => 'after the fix', ko: () => '처방 후' }),
  forwardMeasured: label({ en: () => 'forward, measured', ko: () => '순방향 측정' }),
  forwardPredicted: label({ en: () => 'forward, predicted', ko: () => '순방향 예측' }),
  backwardMeasured: label({ en: () => 'backward, measured', ko: () => '역방향 측정' }),
  backwardPredicted: label({ en: () => 'backward, predicted', ko: () => '역방향 예측' }),
  depthSummary: label<{
    direction: Direction;
    first: string;
    last: string;
    from: string;
    to: string;
    factor: string;
  }>({
    en: ({ direction, first, last, from, to, factor }) =>
      direction === 'forward'
        ? `From ${first} to ${last}, ${stories.forward.en} goes from ${from} to ${to}: ${factor} times.`
        : `From ${last} back to ${first}, ${stories.backward.en} goes from ${to} to ${from}: ${factor} times.`,
    ko: ({ direction, first, last, from, to, factor }) =>
      direction === 'forward'
        ? `${stories.forward.ko}의 크기는 ${first}의 ${from}에서 ${last}의 ${to}까지 ${factor}배가 됩니다.`
        : `${stories.backward.ko}의 크기는 ${last}의 ${to}에서 ${first}의 ${from}까지 ${factor}배가 됩니다.`,
  }),
  depthNothing: label({
    en: () => 'Nothing could be measured here.',
    ko: () => '여기서는 잴 수 있는 값이 없었습니다.',
  }),
  bandNote: label({
    en: () =>
      'Band: two standard deviations of log10, from the correction for finite width. Where the theory is unstable or the band leaves the picture, it is cut at the frame.',
    ko: () =>
      '띠는 유한한 너비에 대한 보정에서 얻은 log10 값의 표준편차 두 배입니다. 그림을 벗어나는 부분은 테두리에서 잘립니다.',
  }),
  gapNote: label<{ layers: readonly string[] }>({
    en: ({ layers }) => `Not finite or not measured: ${layers.join(', ')}.`,
    ko: ({ layers }) => `유한하지 않거나 재지 못한 층: ${layers.join(', ')}.`,
  }),
  zeroNote: label({
    en: () => 'Exactly 0 lies on the dotted line at the bottom: a logarithmic axis has no place for it.',
    ko: () => '정확히 0인 값은 로그 눈금에 자리가 없어 맨 아래 점선 위에 그렸습니다.',
  }),

  layersHeading: label({ en: () => 'Layer by layer', ko: () => '층별 수치' }),
  layersExplained: label({
    en: () => 'Neighbours that are alike are folded into one line; open it for the numbers of each layer.',
    ko: () => '서로 비슷한 이웃 층은 한 줄로 접었습니다. 펼치면 층마다의 수치가 나옵니다.',
  }),
  layerColumn: label({ en: () => 'layer', ko: () => '층' }),
  fansColumn: label({ en: () => 'fan in → out', ko: () => '팬인 → 팬아웃' }),
  weightColumn: label({ en: () => 'σ of weights', ko: () => '가중치 σ' }),
  forwardColumn: label({ en: () => 'z forward', ko: () => 'z 순방향' }),
  backwardColumn: label({ en: () => '∂loss/∂z', ko: () => '∂손실/∂z' }),
  correlationColumn: label({ en: () => 'correlation', ko: () => '상관' }),
  rankColumn: label({ en: () => 'effective rank', ko: () => '유효 랭크' }),
  deadColumn: label({ en: () => 'dead units', ko: () => '죽은 유닛' }),
  saturatedColumn: label({ en: () => 'saturated', ko: () => '포화' }),
  updateColumn: label({ en: () => 'update / weight', ko: () => '업데이트 / 가중치' }),
  findingColumn: label({ en: () => 'findings', ko: () => '문제' }),
  numbersOf: label<{ layers: string }>({
    en: ({ layers }) => `Numbers of ${layers}`,
    ko: ({ layers }) => `${layers}의 수치`,
  }),
  worstHeading: label({
    en: () => 'Distributions of the layers to blame',
    ko: () => '문제가 있는 층의 분포',
  }),
  worstSummary: label<{ layers: number }>({
    en: ({ layers }) =>
      `Histograms of ${layersEn(layers)}: values on the x axis from the least to the greatest, the hollow bar at the left is the share of exact zeros.`,
    ko: ({ layers }) =>
      `층 ${layers}개의 히스토그램. 가로축은 최솟값에서 최댓값까지이며, 왼쪽의 빈 막대는 정확히 0인 값의 비율입니다.`,
  }),
  weights: label({ en: () => 'weights', ko: () => '가중치' }),
  preActivations: label({ en: () => 'pre-activations z', ko: () => '활성화 전 값 z' }),
  activations: label({ en: () => 'activations', ko: () => '활성값' }),
  gradients: label({ en: () => 'gradient ∂loss/∂z', ko: () => '그래디언트 ∂손실/∂z' }),

  graphHeading: label({ en: () => 'The network', ko: () => '신경망 구조' }),
  graphTitle: label({ en: () => 'Layers with weights, by finding', ko: () => '층별 진단 결과' }),
  graphSummary: label<{ layers: number; error: number; warning: number }>({
    en: ({ layers, error, warning }) =>
      `${layersEn(layers)} from the input (top left) to the output; ${error} with an error (✗, thick frame), ${warning} with a warning (!).`,
    ko: ({ layers, error, warning }) =>
      `입력(왼쪽 위)에서 출력까지 층 ${layers}개. 오류(✗, 굵은 테두리) ${error}개, 주의(!) ${warning}개.`,
  }),
  blocksNote: label<{ blocks: number }>({
    en: ({ blocks }) =>
      `${blocks === 1 ? 'One residual block is' : `${blocks} residual blocks are`} marked by a bar under the layers of the branch.`,
    ko: ({ blocks }) => `잔차 블록 ${blocks}개는 가지에 속한 층 아래에 막대로 표시했습니다.`,
  }),

  fixHeading: label({ en: () => 'Before and after', ko: () => '처방 전과 후' }),
  fixExplained: label<{ file: string | null }>({
    en: ({ file }) =>
      `The prescriptions were applied to the weights${file === null ? '' : `, written to ${file},`} and the network was examined again with the same batch.`,
    ko: ({ file }) =>
      `처방을 가중치에 적용${file === null ? '하고' : `해 ${file} 파일에 쓰고`} 같은 배치로 다시 진단했습니다.`,
  }),
  quantityColumn: label({ en: () => 'quantity', ko: () => '항목' }),
  beforeColumn: label({ en: () => 'before', ko: () => '처방 전' }),
  afterColumn: label({ en: () => 'after', ko: () => '처방 후' }),
  verdictRow: label({ en: () => 'verdict', ko: () => '판정' }),
  probabilityRow: label({ en: () => 'probability that it learns', ko: () => '학습될 확률' }),
  lossRow: label({ en: () => 'loss of the batch', ko: () => '배치의 손실' }),
  forwardRow: label({ en: () => 'z, last layer / first', ko: () => 'z, 마지막 층 / 첫 층' }),
  backwardRow: label({ en: () => '∂loss/∂z, first layer / last', ko: () => '∂손실/∂z, 첫 층 / 마지막 층' }),
  findingsRow: label({ en: () => 'errors and warnings', ko: () => '오류와 주의' }),
  applied: label({ en: () => 'Applied', ko: () => '적용한 처방' }),

  codeHeading: label({ en: () => 'What to write instead', ko: () => '대신 쓸 코드' }),
  codeExplained: label({
    en: () => 'The same prescription in five frameworks; put it between building the model and training it.',
    ko: () => '같은 처방을 다섯 프레임워크로 적은 코드입니다. 모델을 만든 뒤, 학습하기 전에 넣으세요.',
  }),
  framework: label<{ framework: keyof typeof frameworks }>({
    en: ({ framework }) => frameworks[framework],
    ko: ({ framework }) => frameworks[framework],
  }),

  provenanceHeading: label({ en: () => 'Where the weights come from', ko: () => '가중치의 출처' }),
  provenanceSummary: label<{ trained: string }>({
    en: ({ trained }) =>
      `What each parameter looks like. Probability that the model has been trained: ${trained}.`,
    ko: ({ trained }) => `매개변수마다 어떤 초기화처럼 보이는지입니다. 이미 학습된 모델일 확률: ${trained}.`,
  }),
  parameterColumn: label({ en: () => 'parameter', ko: () => '매개변수' }),
  distributionColumn: label({ en: () => 'distribution', ko: () => '분포' }),
  looksLikeColumn: label({ en: () => 'looks like', ko: () => '비슷한 초기화' }),
  varianceColumn: label({ en: () => 'fan in · variance', ko: () => '팬인 · 분산' }),
  distribution: label<{ distribution: keyof typeof distributions }>({
    en: ({ distribution }) => distributions[distribution].en,
    ko: ({ distribution }) => distributions[distribution].ko,
  }),
  exact: label<{ rule: string; dialect: string; seed: number }>({
    en: ({ rule, dialect, seed }) => `${rule}, exactly the bits of ${dialect} with seed ${seed}`,
    ko: ({ rule, dialect, seed }) => `${rule}, ${dialect} 시드 ${seed}의 값과 비트까지 일치`,
  }),
  outlier: label<{ ratio: string; possible: string }>({
    en: ({ ratio, possible }) => `largest value ${ratio} σ; the distribution ends at ${possible} σ`,
    ko: ({ ratio, possible }) => `최댓값 ${ratio} σ, 분포의 한계는 ${possible} σ`,
  }),
  tooMany: label<{ shown: number; of: number }>({
    en: ({ shown, of }) => `The first ${shown} of ${of}; diagnosis.json has all.`,
    ko: ({ shown, of }) => `${of}개 중 처음 ${shown}개입니다. 나머지는 diagnosis.json에 있습니다.`,
  }),

  againHeading: label({ en: () => 'How it was measured', ko: () => '측정 조건' }),
  againExplained: label({
    en: () => 'The command that gives the same diagnosis, and what decided its numbers.',
    ko: () => '같은 진단을 다시 얻는 명령과, 수치를 결정한 조건입니다.',
  }),
  factPlan: label({ en: () => 'training asked about', ko: () => '판정한 학습 조건' }),
  factBatch: label({ en: () => 'batch', ko: () => '배치' }),
  factOrigin: label({ en: () => 'model', ko: () => '모델' }),
  factBaseline: label({
    en: () => 'plain rule "forward std of every layer in [0.1, 10]"',
    ko: () => '단순 규칙 "모든 층의 순방향 표준편차가 [0.1, 10] 안"',
  }),
  baseline: label<{ passes: boolean }>({
    en: ({ passes }) => (passes ? 'says: learns' : 'says: does not learn'),
    ko: ({ passes }) => (passes ? '학습된다고 판정' : '학습되지 않는다고 판정'),
  }),
  factPhase: label({
    en: () => 'phase if such layers were stacked for ever',
    ko: () => '같은 층을 끝없이 쌓았을 때의 상',
  }),
  phase: label<{
    phase: 'ordered' | 'critical' | 'chaotic' | 'vanishing' | 'exploding';
    chi: string;
    q: string;
  }>({
    en: ({ phase, chi, q }) => `${phase} (χ = ${chi}, q* = ${q})`,
    ko: ({ phase, chi, q }) =>
      `${{ ordered: '질서', critical: '임계', chaotic: '혼돈', vanishing: '소멸', exploding: '폭발' }[phase]} (χ = ${chi}, q* = ${q})`,
  }),
  factTangent: label({ en: () => 'neural tangent kernel, condition', ko: () => '신경 접선 커널 조건수' }),
  factSharpness: label({
    en: () => 'sharpness (largest eigenvalue of the Hessian)',
    ko: () => '첨예도(헤세 행렬의 최대 고윳값)',
  }),
  factJacobian: label({
    en: () => 'singular values of the whole Jacobian: largest, root mean square, smallest',
    ko: () => '전체 야코비 행렬의 특잇값: 최대, 제곱평균제곱근, 최소',
  }),
} as const;
