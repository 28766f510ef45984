/** Texts of the report of a Boltzmann machine or deep belief net. */
import { label } from '../define.ts';

const people = (count: number) => count.toLocaleString('en-US');

export const boltzmannReportLabels = {
  pageTitle: label<{ model: string; data: string }>({
    en: ({ model, data }) => `Boltzmann machine ${model} on ${data}`,
    ko: ({ model, data }) => `볼츠만 머신 ${model}, ${data}`,
  }),
  heading: label<{ layers: number }>({
    en: ({ layers }) => (layers === 1 ? 'A restricted Boltzmann machine' : 'A deep belief net'),
    ko: ({ layers }) => (layers === 1 ? '제한 볼츠만 머신(RBM)' : '심층 신뢰망(DBN)'),
  }),
  lead: label<{ model: string; data: string; train: number; layers: number }>({
    en: ({ model, data, train, layers }) =>
      layers === 1
        ? `The machine ${model} learned ${people(train)} examples of ${data} without labels: it encodes an example in its hidden units and decodes it again, and changes its weights until what it would make up by itself looks like the data.`
        : `The net ${model} learned ${people(train)} examples of ${data} without labels, one restricted Boltzmann machine after another: each learns to encode and decode what the one below makes of the data.`,
    ko: ({ model, data, train, layers }) =>
      layers === 1
        ? `${model} 구조의 RBM이 ${data} 예제 ${people(train)}개를 레이블 없이 학습했습니다. 예제를 은닉 유닛으로 부호화했다가 다시 복원하면서, 모델이 스스로 만들어 내는 것이 데이터와 닮을 때까지 가중치를 바꿉니다.`
        : `${model} 구조의 DBN이 ${data} 예제 ${people(train)}개를 레이블 없이 학습했습니다. RBM을 한 층씩 쌓으며, 각 층은 아래층의 출력을 부호화하고 복원하는 법을 배웁니다.`,
  }),
  layerHeading: label<{
    number: number;
    visible: { en: string; ko: string };
    hidden: { en: string; ko: string };
  }>({
    en: ({ number, visible, hidden }) => `Layer ${number}: ${visible.en} to ${hidden.en}`,
    ko: ({ number, visible, hidden }) => `${number}층: ${visible.ko} → ${hidden.ko}`,
  }),
  dreamsHeading: label({ en: () => 'What the net dreams', ko: () => '신경망이 만들어 낸 것' }),
  dreamsTitle: label({ en: () => 'Samples of the whole net', ko: () => '신경망 전체의 샘플' }),
  dreamsSummary: label({
    en: () => 'Drawn from the top of the net and carried down to the data. Each row has a name of its own.',
    ko: () => '맨 위층에서 뽑아 데이터까지 내려보낸 결과입니다. 행마다 이름이 있습니다.',
  }),
  pictureAt: label<{ row: { en: string; ko: string }; column: { en: string; ko: string } }>({
    en: ({ row, column }) => `${row.en}, ${column.en}`,
    ko: ({ row, column }) => `${row.ko}, ${column.ko}`,
  }),
  repeatHeading: label({ en: () => 'Do it again', ko: () => '다시 해 보기' }),
  repeatExplained: label({
    en: () => 'The same command gives the same weights, to the bit, with any number of threads.',
    ko: () => '같은 명령은 스레드 수와 관계없이 비트까지 같은 가중치를 만듭니다.',
  }),
  trainingFacts: label({ en: () => 'How it was trained', ko: () => '학습 방법' }),

  judgementTitle: label({ en: () => 'What it is worth', ko: () => '모델의 평가' }),
  judgementSummary: label({
    en: () =>
      'Every number with its method, its interval and what it is worth. A likelihood holds only for the data convention beside it; an optimistic bound makes the model look better than it is, on average over runs of the method.',
    ko: () =>
      '모든 수에 방법, 구간, 그리고 그 수가 무엇을 뜻하는지 적었습니다. 가능도는 옆에 적힌 데이터 처리 방식에서만 성립합니다. 낙관적 한계는 (방법을 여러 번 실행한 평균으로 볼 때) 모델을 실제보다 좋게 보이게 합니다.',
  }),
  quantityColumn: label({ en: () => 'quantity', ko: () => '항목' }),
  valueColumn: label({ en: () => 'value (nats)', ko: () => '값(nat)' }),
  intervalColumn: label({ en: () => 'interval', ko: () => '구간' }),
  standingColumn: label({ en: () => 'worth', ko: () => '의미' }),
  methodColumn: label({ en: () => 'method', ko: () => '방법' }),
  conventionColumn: label({ en: () => 'data', ko: () => '데이터' }),
  overExamples: label<{ text: string; examples: number }>({
    en: ({ text, examples }) => `${text}; ${people(examples)} examples`,
    ko: ({ text, examples }) => `${text}, 예제 ${people(examples)}개`,
  }),
  sigmas: label<{ sigmas: number }>({
    en: ({ sigmas }) => `±${sigmas} σ`,
    ko: ({ sigmas }) => `±${sigmas}σ`,
  }),

  likelihoodTitle: label({ en: () => 'Log-likelihood over epochs', ko: () => '에폭에 따른 로그 가능도' }),
  likelihoodAxis: label({
    en: () => 'log-likelihood (nats an example)',
    ko: () => '로그 가능도(예제당 nat)',
  }),
  likelihoodSummary: label<{ best: string; epoch: number; last: string }>({
    en: ({ best, epoch, last }) =>
      `Best on test examples after epoch ${epoch}: ${best}; after the last epoch ${last}.`,
    ko: ({ best, epoch, last }) =>
      `테스트 예제에서 가장 높은 값은 ${epoch}에폭 뒤의 ${best}이고, 마지막 에폭 뒤에는 ${last}입니다.`,
  }),
  likelihoodNote: label({
    en: () => 'Band: the interval that the method gives for each value.',
    ko: () => '띠는 추정 방법이 값마다 주는 구간입니다.',
  }),
  errorTitle: label({ en: () => 'Reconstruction error over epochs', ko: () => '에폭에 따른 복원 오차' }),
  errorAxis: label({ en: () => 'squared error an example', ko: () => '예제당 제곱 오차' }),
  errorSummary: label<{ first: string; last: string }>({
    en: ({ first, last }) =>
      `From ${first} in the first epoch to ${last} in the last. It tells that learning runs, not how good the model is: it can fall while the likelihood falls too.`,
    ko: ({ first, last }) =>
      `첫 에폭 ${first}에서 마지막 에폭 ${last}까지 변했습니다. 학습이 진행된다는 표시일 뿐 모델이 얼마나 좋은지는 말해 주지 않습니다. 가능도가 떨어질 때도 줄어들 수 있습니다.`,
  }),
  gapTitle: label({ en: () => 'Free-energy gap over epochs', ko: () => '에폭에 따른 자유 에너지 차이' }),
  gapAxis: label({ en: () => 'held-out minus training (nats)', ko: () => '검증 − 학습 (nat)' }),
  gapSummary: label<{ last: string }>({
    en: ({ last }) =>
      `After the last epoch ${last}. A gap that keeps growing means that the model fits the training examples better than others: it overfits.`,
    ko: ({ last }) =>
      `마지막 에폭 뒤 ${last}입니다. 차이가 계속 커지면 모델이 학습 예제에만 맞춰지고 있다는 뜻입니다(과적합).`,
  }),
  trainCurve: label({ en: () => 'training', ko: () => '학습' }),
  testCurve: label({ en: () => 'test', ko: () => '테스트' }),
  samplesCurve: label({ en: () => 'samples', ko: () => '모델 샘플' }),
  machineCurve: label({ en: () => 'this machine', ko: () => '이 모델' }),

  filtersTitle: label({ en: () => 'What the hidden units look for', ko: () => '은닉 유닛이 찾는 것' }),
  filtersSummary: label<{ shown: number; of: number }>({
    en: ({ shown, of }) =>
      `The weights between the data and ${shown === of ? `each of ${people(of)} hidden units` : `${people(shown)} of ${people(of)} hidden units`}: orange switches the unit on, blue off. One scale for all.`,
    ko: ({ shown, of }) =>
      `데이터와 은닉 유닛 ${shown === of ? `${people(of)}개` : `${people(of)}개 중 ${people(shown)}개`} 사이의 가중치입니다. 주황은 유닛을 켜고 파랑은 끕니다. 모든 그림의 색 눈금이 같습니다.`,
  }),
  reconstructionsTitle: label({ en: () => 'Encoded and decoded', ko: () => '부호화와 복원' }),
  reconstructionsSummary: label<{ error: string }>({
    en: ({ error }) =>
      `Pairs: left an example x, right what the machine makes of it when it goes up to the hidden units and down again, x̂. Mean squared difference ${error} an example.`,
    ko: ({ error }) =>
      `왼쪽은 예제 x, 오른쪽은 은닉 유닛까지 올라갔다가 다시 내려온 복원 x̂입니다. 예제당 제곱 차이의 평균은 ${error}입니다.`,
  }),
  activityTitle: label({ en: () => 'Hidden activity', ko: () => '은닉 유닛의 활동' }),
  activitySummary: label<{ cases: number; units: number; dead: number; saturated: number; mean: string }>({
    en: ({ cases, units, dead, saturated, mean }) =>
      `Rows: ${people(cases)} examples. Columns: ${people(units)} hidden units, from the least to the most active; black is off, white is on. ${dead === 0 ? 'No unit is' : dead === 1 ? '1 unit is' : `${people(dead)} units are`} dead (never above 0.05: blue mark), ${saturated === 0 ? 'none is' : saturated === 1 ? '1 is' : `${people(saturated)} are`} saturated (never below 0.95: orange mark). Mean activity ${mean}.`,
    ko: ({ cases, units, dead, saturated, mean }) =>
      `행은 예제 ${people(cases)}개, 열은 은닉 유닛 ${people(units)}개이며 활동이 적은 것부터 많은 순서입니다. 검정은 꺼짐, 흰색은 켜짐입니다. 죽은 유닛(0.05를 넘은 적 없음, 파란 표시) ${people(dead)}개, 포화된 유닛(0.95 아래로 내려간 적 없음, 주황 표시) ${people(saturated)}개. 평균 활동은 ${mean}입니다.`,
  }),
  activityRealSummary: label<{ cases: number; units: number; dead: number; mean: string }>({
    en: ({ cases, units, dead, mean }) =>
      `Rows: ${people(cases)} examples. Columns: ${people(units)} hidden units, from the least to the most active. ${dead === 0 ? 'No unit is' : dead === 1 ? '1 unit is' : `${people(dead)} units are`} dead (the same value for every example: blue mark). Mean ${mean}.`,
    ko: ({ cases, units, dead, mean }) =>
      `행은 예제 ${people(cases)}개, 열은 은닉 유닛 ${people(units)}개이며 활동이 적은 것부터 많은 순서입니다. 죽은 유닛(모든 예제에서 같은 값, 파란 표시) ${people(dead)}개. 평균은 ${mean}입니다.`,
  }),
  energyTitle: label({ en: () => 'Free energies', ko: () => '자유 에너지' }),
  energyAxis: label({ en: () => 'free energy F(x) (nats)', ko: () => '자유 에너지 F(x) (nat)' }),
  shareAxis: label({ en: () => 'share of cases', ko: () => '비율' }),
  energySummary: label<{ names: readonly { en: string; ko: string; mean: string }[] }>({
    en: ({ names }) =>
      `How probable the model finds each case, up to a constant: the lower, the more probable. Means: ${names.map(({ en, mean }) => `${en} ${mean}`).join(', ')}. Training and test apart: overfitting. Samples apart from both: the model puts its weight elsewhere.`,
    ko: ({ names }) =>
      `모델이 각 예제를 얼마나 그럴듯하게 보는지를 나타냅니다(상수 차이 제외, 낮을수록 확률이 높음). 평균: ${names.map(({ ko, mean }) => `${ko} ${mean}`).join(', ')}. 학습과 테스트가 벌어지면 과적합이고, 샘플이 둘과 떨어지면 모델이 확률을 다른 곳에 두고 있는 것입니다.`,
  }),
  setColumn: label({ en: () => 'set', ko: () => '구분' }),
  casesColumn: label({ en: () => 'cases', ko: () => '개수' }),
  meanColumn: label({ en: () => 'mean', ko: () => '평균' }),
  deviationColumn: label({ en: () => 'standard deviation', ko: () => '표준편차' }),
  chainsTitle: label({ en: () => 'Chains over time', ko: () => '시간에 따른 연쇄' }),
  chainsSummary: label<{ chains: number }>({
    en: ({ chains }) =>
      `${people(chains)} Markov chains of the model, one a row. A chain that never changes its shape is stuck in one mode.`,
    ko: ({ chains }) =>
      `모델의 마르코프 연쇄 ${people(chains)}개를 한 행에 하나씩 그렸습니다. 모양이 바뀌지 않는 연쇄는 한 봉우리에 갇힌 것입니다.`,
  }),
  spectrumTitle: label({ en: () => 'Singular values of the weights', ko: () => '가중치의 특잇값' }),
  spectrumAxis: label({ en: () => 'singular value', ko: () => '특잇값' }),
  rankAxis: label({ en: () => 'rank', ko: () => '순위' }),
  spectrumSummary: label<{ largest: string; above: number; of: number }>({
    en: ({ largest, above, of }) =>
      `The largest is ${largest}; ${people(above)} of ${people(of)} are above a tenth of it. Learning raises them out of the noise one after another.`,
    ko: ({ largest, above, of }) =>
      `가장 큰 값은 ${largest}이고, ${people(of)}개 중 ${people(above)}개가 그 10분의 1을 넘습니다. 학습이 진행되면 특잇값이 잡음 위로 하나씩 올라옵니다.`,
  }),
  spectrumBefore: label({ en: () => 'before', ko: () => '학습 전' }),
  spectrumAfter: label({ en: () => 'after', ko: () => '학습 후' }),
  rankColumn: label({ en: () => 'rank', ko: () => '순위' }),
  factCreated: label({ en: () => 'date', ko: () => '날짜' }),
  factSeconds: label({ en: () => 'time', ko: () => '시간' }),
  factExamples: label({ en: () => 'examples', ko: () => '예제' }),
  factData: label({ en: () => 'data', ko: () => '데이터' }),
} as const;
