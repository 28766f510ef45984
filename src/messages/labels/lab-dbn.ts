/** Chapter 5 of the lab: RBMs stacked into a deep belief net, and what that is good for. */
import { label, sentence } from '../define.ts';

const states = {
  waiting: { en: 'waits', ko: '대기' },
  learning: { en: 'learns', ko: '학습 중' },
  done: { en: 'done', ko: '완료' },
} as const;

export const labDbn = {
  title: sentence('Stack them: DBN', '쌓아 올리기: DBN'),
  summary: sentence(
    'One RBM learns the digits, the next learns what the first sees in them. Watch the stack dream, then race it against Xavier and He.',
    'RBM 하나가 숫자를 배우고, 다음 RBM은 첫 RBM이 본 것을 배웁니다. 쌓은 층이 꾸는 꿈을 보고, Xavier·He 초기화와 겨루게 해 보세요.',
  ),
  lead: sentence(
    'In 2006 nobody knew how to start a deep network, so Hinton let it look first. Each layer is an RBM that learns, without any labels, what the layer below makes of the data. Afterwards its weights are the start of an ordinary network, and a few labels are enough.',
    '2006년에는 깊은 신경망의 첫 가중치를 어떻게 정해야 할지 아무도 몰랐습니다. 힌턴은 먼저 데이터를 보게 했습니다. 층마다 RBM을 두고, 아래층이 데이터에서 뽑아낸 것을 레이블 없이 배우게 합니다. 그 가중치를 보통 신경망의 초깃값으로 쓰면 레이블은 조금만 있어도 됩니다.',
  ),

  stackHeading: sentence('Layer by layer', '한 층씩'),
  stackText: sentence(
    'The first RBM learns 10,000 digits. Then it is frozen: every digit goes up to its hidden units, one draw of them each, and these draws are the data of the next RBM. No gradient ever passes from one layer to another.',
    '첫 RBM이 숫자 1만 개를 배웁니다. 다 배우면 가중치를 고정하고, 숫자마다 은닉 유닛의 상태를 하나씩 뽑습니다. 이렇게 뽑은 상태가 다음 RBM의 데이터입니다. 그래디언트가 층과 층 사이를 건너가는 일은 없습니다.',
  ),
  layers: sentence('Hidden units', '은닉 유닛'),
  top: sentence('Label unit', '레이블 유닛'),
  topName: label<{ name: 'none' | 'labels' }>({
    en: ({ name }) => (name === 'none' ? 'none' : 'beside the top layer'),
    ko: ({ name }) => (name === 'none' ? '없음' : '맨 위층 옆에 두기'),
  }),
  epochs: sentence('Epochs a layer', '층별 에폭'),
  start: sentence('Train the stack', '층 쌓기 시작'),
  running: label<{
    layer: number;
    layers: number;
    step: number;
    total: number;
    rate: string;
    paused: boolean;
  }>({
    en: ({ layer, layers, step, total, rate, paused }) =>
      `${paused ? 'Paused in layer' : 'Layer'} ${layer} of ${layers}: update ${step} of ${total}, ${rate} digits a second`,
    ko: ({ layer, layers, step, total, rate, paused }) =>
      `${layers}개 층 중 ${layer}층: ${total}번 중 ${step}번 업데이트${paused ? '에서 멈춤' : ''}, 초당 숫자 ${rate}개`,
  }),
  built: sentence(
    'This stack was trained when the page was built. “Train the stack” does it again, here.',
    '이 페이지를 만들 때 학습해 둔 결과입니다. “층 쌓기 시작”을 누르면 여기서 다시 학습합니다.',
  ),
  changed: sentence(
    'The settings have changed: “Train the stack” runs the new ones.',
    '설정이 바뀌었습니다. “층 쌓기 시작”을 누르면 새 설정으로 학습합니다.',
  ),
  done: label<{ seconds: string; layers: number }>({
    en: ({ seconds, layers }) => `${layers} layers in ${seconds} s of learning.`,
    ko: ({ seconds, layers }) => `${layers}개 층을 배우는 데 ${seconds}초 걸렸습니다.`,
  }),
  readOut: label<{ error: string }>({
    en: ({ error }) =>
      `Asked for the label alone, the top RBM is wrong about ${error} of the test digits: no network has been trained for that yet.`,
    ko: ({ error }) =>
      `맨 위 RBM에게 레이블만 물어보면 테스트 숫자의 ${error}를 틀립니다. 분류하도록 따로 학습하지 않은 상태입니다.`,
  }),
  stackTitle: sentence('The stack', '쌓은 층'),
  stackSummary: label<{ title: string; done: number; layers: number }>({
    en: ({ title, done, layers }) => `${title}: ${done} of ${layers} RBMs have learned.`,
    ko: ({ title, done, layers }) => `${title}: RBM ${layers}개 중 ${done}개가 학습을 마쳤습니다.`,
  }),
  layerName: label<{ layer: number }>({
    en: ({ layer }) => `layer ${layer}`,
    ko: ({ layer }) => `${layer}층`,
  }),
  pixels: sentence('pixels', '픽셀'),
  labelUnit: sentence('10 labels', '레이블 10개'),
  state: label<{ state: keyof typeof states }>({
    en: ({ state }) => states[state].en,
    ko: ({ state }) => states[state].ko,
  }),
  layerColumn: sentence('layer', '층'),
  visibleColumn: sentence('visible units', '보이는 유닛'),
  hiddenColumn: sentence('hidden units', '은닉 유닛'),
  weightsColumn: sentence('weights', '가중치 수'),
  stateColumn: sentence('state', '상태'),
  layerFigure: label<{ layer: number; title: string }>({
    en: ({ layer, title }) => `Layer ${layer}: ${title}`,
    ko: ({ layer, title }) => `${layer}층: ${title}`,
  }),
  filtersTitle: label<{ layer: number }>({
    en: ({ layer }) => `Layer ${layer}: what its units look for`,
    ko: ({ layer }) => `${layer}층: 유닛이 찾는 무늬`,
  }),
  filtersSummary: label<{ shown: number; hidden: number; layer: number }>({
    en: ({ shown, hidden, layer }) =>
      `The first ${shown} of ${hidden} units${layer === 1 ? '' : ', their weights carried down to the pixels by the layers below'}: orange pixels switch a unit on, blue ones off.`,
    ko: ({ shown, hidden, layer }) =>
      `유닛 ${hidden}개 중 앞의 ${shown}개${layer === 1 ? '' : '를, 아래층 가중치를 곱해 픽셀까지 내려서'} 그렸습니다. 주황색 픽셀은 유닛을 켜고 파란색 픽셀은 끕니다.`,
  }),
  noGap: sentence(
    'With labels beside it, the top layer has no free-energy gap here: held-out digits would need labels as well.',
    '레이블 유닛이 붙은 맨 위층에는 자유 에너지 차이가 없습니다. 따로 떼어 둔 숫자에도 레이블이 있어야 하기 때문입니다.',
  ),

  dreamsHeading: sentence('What it dreams', '어떤 꿈을 꾸는가'),
  dreamsText: sentence(
    'Begin with coin tosses in the top RBM and let it walk: up, down, up, down. Now and then look at what it has in mind, by one pass down to the pixels. Nobody shows it a digit any more; all these are its own.',
    '맨 위 RBM을 동전 던지기로 채우고 걷게 합니다. 위로, 아래로, 다시 위로, 아래로. 이따금 픽셀까지 한 번 내려 보내 무엇을 떠올리는지 봅니다. 숫자를 보여 주는 사람은 이제 없습니다. 모두 스스로 만들어 낸 것입니다.',
  ),
  dreamsByClass: sentence(
    'The label unit is held fixed at one class in each column, 0 to 9: it dreams what it is told to.',
    '열마다 레이블 유닛을 0부터 9까지 한 값으로 고정했습니다. 시키는 대로 꿈을 꿉니다.',
  ),
  walkTitle: sentence('Ten walks, from noise to digits', '잡음에서 숫자까지, 걸음 열 개'),
  walkSummary: label<{ steps: string; first: number; last: number }>({
    en: ({ steps, first, last }) =>
      `Each row is one chain, looked at after ${steps} Gibbs steps. The dreams have ${first} pixels of ink at first and ${last} in the end.`,
    ko: ({ steps, first, last }) =>
      `한 줄이 체인 하나이고, 깁스 단계 ${steps}번 뒤의 모습입니다. 잉크가 있는 픽셀은 처음에 평균 ${first}개, 마지막에 ${last}개입니다.`,
  }),
  walkNote: sentence(
    'Along a row the digit changes into another one: the chain crosses from one class to the next, and what it shows on the way belongs to none.',
    '한 줄을 따라가면 숫자가 다른 숫자로 바뀝니다. 체인이 한 부류에서 다음 부류로 건너가는 것이고, 도중에 보이는 것은 어느 숫자도 아닙니다.',
  ),
  dreamsTitle: label<{ steps: number }>({
    en: ({ steps }) => `Sixty dreams after ${steps} Gibbs step${steps === 1 ? '' : 's'}`,
    ko: ({ steps }) => `깁스 단계 ${steps}번 뒤의 꿈 60개`,
  }),
  dreamsSummary: label<{ ink: number; changed: string }>({
    en: ({ ink, changed }) =>
      `On average a dream has ${ink} pixels of ink${changed === '' ? '' : `; ${changed} pixels are others than at the look before`}.`,
    ko: ({ ink, changed }) =>
      `꿈 하나에 잉크가 있는 픽셀은 평균 ${ink}개입니다.${changed === '' ? '' : ` 바로 앞에 보았을 때와 다른 픽셀은 ${changed}개입니다.`}`,
  }),
  walk: sentence('Gibbs steps', '깁스 단계'),
  play: sentence('Play the walk', '걸음 재생'),
  stop: sentence('Stop', '멈춤'),
  dreaming: sentence('dreaming …', '꿈꾸는 중…'),
  dreamLater: sentence(
    'Train the stack to let it walk step by step.',
    '층을 학습시키면 한 단계씩 걸어 볼 수 있습니다.',
  ),
  stepsColumn: sentence('Gibbs steps', '깁스 단계'),
  inkColumn: sentence('pixels of ink', '잉크가 있는 픽셀'),
  changedColumn: sentence('pixels changed', '바뀐 픽셀'),

  tuneHeading: sentence('And now with labels', '이제 레이블을 붙여서'),
  tuneText: sentence(
    'The same weights, read upwards, are a network with sigmoid layers; ten outputs are put on top, from zero. Everything is trained now, by ordinary back-propagation. Beside it: the same network from N(0, 1), N(0, 0.01²), Xavier and He, with the same seed, the same few labels and the same batches in the same order.',
    '같은 가중치를 위로 읽으면 시그모이드 신경망이 됩니다. 맨 위에 출력 10개를 0에서 시작해 얹고, 이제 전체를 보통의 역전파로 학습합니다. 그 옆에서 같은 신경망을 N(0, 1), N(0, 0.01²), Xavier, He로 시작합니다. 시드도, 몇 안 되는 레이블도, 배치와 그 순서도 모두 같습니다.',
  ),
  labels: sentence('Labels', '레이블'),
  labelsName: label<{ name: '100' | '1000' | '10000' }>({
    en: ({ name }) => ({ '100': '100', '1000': '1,000', '10000': 'all 10,000' })[name],
    ko: ({ name }) => ({ '100': '100개', '1000': '1,000개', '10000': '1만 개 전부' })[name],
  }),
  starts: sentence('Against', '상대'),
  compare: sentence('Compare', '비교 시작'),
  compareAgain: sentence('Compare again', '다시 비교'),
  stackFirst: sentence('First the stack: see above.', '먼저 층을 학습합니다. 위를 보세요.'),
  compareBuilt: sentence(
    'These curves were computed when the page was built. “Compare” trains all of them here.',
    '이 곡선은 페이지를 만들 때 계산한 것입니다. “비교 시작”을 누르면 여기서 모두 다시 학습합니다.',
  ),
  compareChanged: sentence(
    'The settings have changed: “Compare” runs the new ones.',
    '설정이 바뀌었습니다. “비교 시작”을 누르면 새 설정으로 학습합니다.',
  ),
  sawLabels: sentence(
    'Not a fair race: with the label unit, the stack has already seen all 10,000 labels. Take it away to compare what few labels are worth.',
    '공정한 비교가 아닙니다. 레이블 유닛이 있으면 층을 쌓을 때 이미 레이블 1만 개를 모두 보았습니다. 레이블이 적을 때를 비교하려면 레이블 유닛을 빼세요.',
  ),
  resultsTitle: sentence('What became of them', '결과'),
  lesson: sentence(
    'Try 100, 1,000 and all 10,000 labels: does pre-training on images without labels still pay when more of them have one? Look at the interval before you believe a difference.',
    '레이블을 100개, 1,000개, 1만 개로 바꿔 보세요. 레이블이 늘어나도 레이블 없는 사전 학습이 여전히 도움이 될까요? 차이를 믿기 전에 구간부터 확인하세요.',
  ),
  commandPretrain: sentence('The stack on the command line', '명령행에서 층 쌓기'),
  commandSample: sentence('The dreams', '꿈'),
  commandFinetune: sentence('The comparison', '비교'),
} as const;
