/** Chapter 4 of the lab: how a restricted Boltzmann machine learns. */
import { label, sentence } from '../define.ts';

const methods = {
  cd: { en: 'contrastive divergence', ko: '대조 발산(CD)' },
  exact: { en: 'exact gradient', ko: '정확한 그래디언트' },
} as const;
const phases = {
  cd: { en: 'CD-1', ko: 'CD-1' },
  pcd: { en: 'persistent chains (PCD)', ko: '지속 체인(PCD)' },
} as const;

export const labRbm = {
  title: sentence('How an RBM learns', 'RBM은 어떻게 배우는가'),
  summary: sentence(
    'Encode, sample, decode, compare: a machine of 6 + 4 units whose every probability is exact, then one that learns digits while you watch.',
    '인코딩하고, 뽑고, 디코딩하고, 비교합니다. 먼저 모든 확률을 정확히 계산할 수 있는 6 + 4 유닛 기계로, 다음은 눈앞에서 숫자를 배우는 기계로 봅니다.',
  ),
  lead: sentence(
    'A restricted Boltzmann machine has no target to hit. It learns to find its data probable: pull up the probability of what it has seen, push down the probability of what it dreams up. The difference of the two is the whole learning rule.',
    '제한 볼츠만 머신(RBM)에는 맞혀야 할 정답이 없습니다. 본 데이터의 확률은 끌어올리고 스스로 상상한 것의 확률은 끌어내립니다. 이 둘의 차이가 학습 규칙의 전부입니다.',
  ),
  smallHeading: sentence('Small enough to know everything', '모든 것을 알 수 있을 만큼 작은 기계'),
  smallText: sentence(
    'Six visible units (2 × 3 pixels) and four hidden ones: 64 pictures, 10 of which, the bars and stripes, are the data. Every probability below is a sum over all states, not an estimate.',
    '보이는 유닛 6개(2 × 3 픽셀)와 은닉 유닛 4개입니다. 가능한 그림은 64가지이고, 그중 막대와 줄무늬 10가지가 데이터입니다. 아래 확률은 추정값이 아니라 모든 상태를 더해 구한 값입니다.',
  ),
  method: sentence('Learning by', '학습 방법'),
  methodName: label<{ name: keyof typeof methods }>({
    en: ({ name }) => methods[name].en,
    ko: ({ name }) => methods[name].ko,
  }),
  methodCurve: label<{ method: keyof typeof methods; k: number }>({
    en: ({ method, k }) => (method === 'cd' ? `CD-${k}` : 'exact'),
    ko: ({ method, k }) => (method === 'cd' ? `CD-${k}` : '정확한 그래디언트'),
  }),
  k: sentence('Gibbs steps k', '깁스 단계 k'),
  rate: sentence('Learning rate', '학습률'),
  updates: sentence('Updates', '업데이트'),
  more: label<{ count: number }>({
    en: ({ count }) => `${count} more`,
    ko: ({ count }) => `${count}번 더`,
  }),
  rewind: sentence('Rewind', '되감기'),
  readout: label<{ updates: number; likelihood: string; best: string }>({
    en: ({ updates, likelihood, best }) =>
      `After ${updates} updates: log-likelihood ${likelihood} a picture; ${best} is the best there is.`,
    ko: ({ updates, likelihood, best }) =>
      `업데이트 ${updates}번 뒤: 그림 하나의 로그 가능도 ${likelihood}, 이론상 최댓값 ${best}.`,
  }),
  statesTitle: sentence('Probability of every picture', '모든 그림의 확률'),
  statesSummary: label<{ patterns: number; states: number; known: string }>({
    en: ({ patterns, states, known }) =>
      `The model gives ${known} of its probability to the ${patterns} pictures of the data, the rest to the ${states - patterns} others.`,
    ko: ({ patterns, states, known }) =>
      `모델은 확률의 ${known}를 데이터의 그림 ${patterns}가지에, 나머지를 다른 ${states - patterns}가지에 줍니다.`,
  }),
  statesNote: sentence(
    'Move “Updates” to 0: before learning, all 64 pictures are about equally probable.',
    '업데이트를 0으로 옮겨 보세요. 학습 전에는 64가지 그림의 확률이 거의 같습니다.',
  ),
  dataName: sentence('data', '데이터'),
  modelName: sentence('model', '모델'),
  others: sentence('all other pictures', '나머지 그림'),
  stateColumn: sentence('pixels', '픽셀'),
  likelihoodTitle: sentence('Exact log-likelihood of the data', '데이터의 정확한 로그 가능도'),
  likelihoodSummary: label<{ cd: string; exact: string; best: string; k: number }>({
    en: ({ cd, exact, best, k }) =>
      `At the end CD-${k} stands at ${cd}, the exact gradient at ${exact}; no model can do better than ${best}.`,
    ko: ({ cd, exact, best, k }) =>
      `마지막 값은 CD-${k} ${cd}, 정확한 그래디언트 ${exact}입니다. 어떤 모델도 ${best}보다 좋을 수 없습니다.`,
  }),
  likelihoodAxis: sentence('log-likelihood a picture, nats', '그림당 로그 가능도(nat)'),
  updatesAxis: sentence('updates', '업데이트'),

  chainHeading: sentence('Encode, sample, decode', '인코딩, 뽑기, 디코딩'),
  chainText: sentence(
    'Clamp a picture to the visible units. Each hidden unit then has a probability (encode); draw it on or off (sample); from these each pixel has a probability again (decode). One round is a Gibbs step. CD-k takes k of them and calls the result the model’s own picture.',
    '보이는 유닛에 그림 하나를 고정합니다. 그러면 은닉 유닛마다 켜질 확률이 정해지고(인코딩), 그 확률로 0과 1을 뽑고(표본 추출), 그 결과에서 픽셀마다 확률이 다시 정해집니다(디코딩). 이 한 바퀴가 깁스 단계 하나입니다. CD-k는 k바퀴를 돈 뒤의 그림을 모델이 상상한 그림으로 삼습니다.',
  ),
  pattern: sentence('Clamped picture', '고정한 그림'),
  draw: sentence('Draw', '뽑기'),
  again: sentence('Draw again', '다시 뽑기'),
  clamped: sentence('clamped', '고정'),
  drawn: sentence('drawn', '뽑음'),
  hiddenName: sentence('hidden', '은닉'),
  chainTitle: label<{ k: number }>({
    en: ({ k }) => `A chain of ${k} Gibbs step${k === 1 ? '' : 's'}`,
    ko: ({ k }) => `깁스 단계 ${k}번의 체인`,
  }),
  chainSummary: label<{ first: string; last: string; k: number }>({
    en: ({ first, last, k }) =>
      first === last
        ? `After ${k} step${k === 1 ? '' : 's'} the picture ${first} came back unchanged.`
        : `After ${k} step${k === 1 ? '' : 's'} the picture ${first} has become ${last}.`,
    ko: ({ first, last, k }) =>
      first === last
        ? `${k}단계 뒤에도 그림은 ${first}, 처음 그대로입니다.`
        : `${k}단계를 거치며 그림이 바뀌었습니다: ${first} → ${last}.`,
  }),
  stepColumn: sentence('step', '단계'),

  statisticsHeading: sentence('The learning rule, as matrices', '행렬로 보는 학습 규칙'),
  statisticsText: sentence(
    'How often are pixel i and hidden unit j on together? With the data clamped: positive statistics. In the model’s own pictures: negative statistics. Each weight moves by the learning rate times the difference.',
    '픽셀 i와 은닉 유닛 j가 함께 켜지는 일은 얼마나 잦을까요? 데이터를 고정했을 때가 양의 통계, 모델이 상상한 그림에서가 음의 통계입니다. 가중치는 둘의 차이에 학습률을 곱한 만큼 움직입니다.',
  ),
  statisticsTitle: sentence(
    'Positive and negative statistics, their difference, and the truth',
    '양의 통계, 음의 통계, 둘의 차이, 정답',
  ),
  statisticsSummary: label<{ estimate: string; exact: string; k: number }>({
    en: ({ estimate, exact, k }) =>
      `The largest change that one draw of CD-${k} asks for is ${estimate}; that of the exact gradient is ${exact}.`,
    ko: ({ estimate, exact, k }) =>
      `CD-${k}를 한 번 뽑아 얻은 변화의 최댓값은 ${estimate}, 정확한 그래디언트의 최댓값은 ${exact}입니다.`,
  }),
  statisticsNote: sentence(
    '“Draw again” changes the third matrix and never the fourth: contrastive divergence is a noisy, slightly bent view of the gradient. More Gibbs steps bend it less.',
    '다시 뽑으면 셋째 행렬은 바뀌지만 넷째 행렬은 그대로입니다. 대조 발산은 그래디언트를 잡음이 섞이고 조금 휘어진 채로 본 것입니다. 깁스 단계가 많을수록 덜 휩니다.',
  ),
  positive: sentence('positive (data)', '양의 통계(데이터)'),
  negative: sentence('negative (CD-k)', '음의 통계(CD-k)'),
  difference: sentence('difference', '차이'),
  exact: sentence('exact gradient', '정확한 그래디언트'),
  weightColumn: sentence('weight', '가중치'),

  digitsHeading: sentence('The same rule on digits', '같은 규칙으로 숫자 배우기'),
  digitsText: sentence(
    'Now 784 pixels. Nothing can be summed over any more, so all we have are chains. The machine trains here, in your browser, on the kernels that the command line uses.',
    '이제 픽셀이 784개입니다. 모든 상태를 더하는 것은 불가능하므로 체인만으로 배웁니다. 명령줄이 쓰는 것과 같은 커널로 지금 이 브라우저에서 학습합니다.',
  ),
  hidden: sentence('Hidden units', '은닉 유닛'),
  examples: sentence('Training digits', '학습 숫자'),
  phase: sentence('Negative phase', '음의 단계'),
  phaseName: label<{ name: keyof typeof phases }>({
    en: ({ name }) => phases[name].en,
    ko: ({ name }) => phases[name].ko,
  }),
  epochs: sentence('Epochs', '에폭'),
  start: sentence('Train', '학습 시작'),
  pause: sentence('Pause', '일시 정지'),
  resume: sentence('Go on', '계속'),
  loading: label<{ done: string }>({
    en: ({ done }) => `Loading the digits: ${done} MB`,
    ko: ({ done }) => `숫자를 읽는 중: ${done} MB`,
  }),
  idle: sentence('Not started.', '아직 시작하지 않았습니다.'),
  built: sentence(
    'This machine was trained when the page was built. “Train” does it again, here.',
    '이 기계는 페이지를 만들 때 학습한 것입니다. 학습 시작을 누르면 여기서 다시 학습합니다.',
  ),
  changed: sentence(
    'The settings have changed: “Train” runs the new ones.',
    '설정이 바뀌었습니다. 학습 시작을 누르면 새 설정으로 학습합니다.',
  ),
  running: label<{ step: number; total: number; rate: string; paused: boolean }>({
    en: ({ step, total, rate, paused }) =>
      `${paused ? 'Paused at update' : 'Update'} ${step} of ${total}, ${rate} digits a second`,
    ko: ({ step, total, rate, paused }) =>
      `${total}번 중 ${step}번 업데이트${paused ? '에서 멈춤' : ''}, 초당 숫자 ${rate}개`,
  }),
  done: label<{ seconds: string; rate: string }>({
    en: ({ seconds, rate }) => `Trained in ${seconds} s, ${rate} digits a second.`,
    ko: ({ seconds, rate }) => `${seconds}초 동안 학습했습니다. 초당 숫자 ${rate}개.`,
  }),
  filtersTitle: sentence('Filters: the weights of each hidden unit', '필터: 은닉 유닛마다의 가중치'),
  filtersSummary: label<{ hidden: number }>({
    en: ({ hidden }) =>
      `Each of the ${hidden} pictures is what one hidden unit looks for: orange pixels switch it on, blue ones off.`,
    ko: ({ hidden }) =>
      `그림 ${hidden}개는 은닉 유닛이 각각 찾는 무늬입니다. 주황색 픽셀은 유닛을 켜고 파란색 픽셀은 끕니다.`,
  }),
  filtersNote: sentence(
    'They begin as noise; strokes and gaps appear within the first epoch.',
    '처음에는 잡음이지만 첫 에폭 안에 획과 빈틈이 나타납니다.',
  ),
  glimpseHeading: sentence('Show it a digit', '숫자를 보여 주기'),
  glimpseText: sentence(
    'x goes up to the hidden units, a draw of them comes back down as x̂. Choose a test digit or draw your own; what the machine has never learned to see, it cannot give back.',
    'x가 은닉 유닛으로 올라가고, 뽑힌 은닉 상태가 x̂으로 내려옵니다. 테스트 숫자를 고르거나 직접 그려 보세요. 배운 적 없는 것은 되돌려 주지 못합니다.',
  ),
  glimpseTitle: sentence('x and x̂', 'x와 x̂'),
  glimpseSummary: label<{ on: number; hidden: number; inked: number; back: number }>({
    en: ({ on, hidden, inked, back }) =>
      `${on} of ${hidden} hidden units are on; x has ${inked} pixels of ink, x̂ has ${back}.`,
    ko: ({ on, hidden, inked, back }) =>
      `은닉 유닛 ${hidden}개 중 ${on}개가 켜졌습니다. 잉크가 있는 픽셀은 x가 ${inked}개, x̂이 ${back}개입니다.`,
  }),
  digit: sentence('Test digit', '테스트 숫자'),
  pad: sentence(
    'Draw a digit: with a pointer, or move with the arrow keys and draw with the space bar (hold Shift to draw while moving)',
    '숫자 그리기: 포인터로 그리거나, 화살표 키로 움직이고 스페이스 바로 찍습니다(Shift를 누른 채 움직이면 이어서 그립니다)',
  ),
  padLater: sentence(
    'Train the machine, then draw your own digit here.',
    '기계를 학습시키면 여기에 직접 숫자를 그릴 수 있습니다.',
  ),
  clear: sentence('Clear', '지우기'),
  nameColumn: sentence('layer', '층'),
  meanColumn: sentence('mean', '평균'),
  leastColumn: sentence('least', '최소'),
  mostColumn: sentence('most', '최대'),
  scoresHeading: sentence('Why the reconstruction error misleads', '재구성 오차를 믿으면 안 되는 이유'),
  scoresText: sentence(
    'The reconstruction error falls whenever a chain mixes badly: a machine that merely copies its input has none. It is not what is being learned. The free-energy gap asks another question: are digits that the machine has not seen as probable to it as those that it has? A gap that grows means that it learns them by heart. Try 1,000 training digits and 50 epochs: the error goes on falling while the gap opens.',
    '재구성 오차는 체인이 잘 섞이지 않을 때도 줄어듭니다. 입력을 베끼기만 하는 기계라면 오차가 0입니다. 학습 목표가 아니라는 뜻입니다. 자유 에너지 차이는 다른 것을 묻습니다. 본 적 없는 숫자도 본 숫자만큼 그럴듯하다고 여기는가? 차이가 커지면 외우고 있다는 뜻입니다. 학습 숫자 1,000개, 에폭 50으로 해 보세요. 오차는 계속 줄어드는데 차이는 벌어집니다.',
  ),
} as const;
