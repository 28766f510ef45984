/** Chapter 7 of the lab: the map of order and chaos. */
import { label, sentence } from '../define.ts';

const phases = {
  ordered: { en: 'order', ko: '질서' },
  critical: { en: 'the edge', ko: '경계' },
  chaotic: { en: 'chaos', ko: '혼돈' },
  vanishing: { en: 'order: the signal dies', ko: '질서(신호가 사라짐)' },
  exploding: { en: 'the signal explodes', ko: '신호 폭발' },
} as const;
export type PhaseName = keyof typeof phases;

const presets = {
  xavier: { en: 'LeCun, Xavier', ko: 'LeCun, Xavier' },
  he: { en: 'He', ko: 'He' },
  critical: { en: 'critical point', ko: '임계점' },
} as const;
export type PresetName = keyof typeof presets;

export const labMap = {
  title: sentence('The map', '질서와 혼돈의 지도'),
  summary: sentence(
    'Every deep network of one kind of layer is a point in a plane. On one side signals die, on the other they tear apart; very deep networks learn only on the line between.',
    '같은 층을 쌓은 깊은 신경망은 모두 평면 위의 점 하나입니다. 한쪽에서는 신호가 사라지고 다른 쪽에서는 흩어집니다. 아주 깊은 신경망은 그 사이의 선 위에서만 배웁니다.',
  ),
  text: sentence(
    'Weights of variance σw² / fan_in and biases of variance σb² decide what one wide layer does to the size of a signal, to the angle between two signals, and to a gradient on its way back. In order, two different inputs become alike and gradients shrink; in chaos, two nearly equal inputs become strangers and gradients grow. The darker a place, the fewer layers it takes. On the edge both are kept: put your network there and it can be hundreds of layers deep.',
    '가중치의 분산 σw² / fan_in과 편향의 분산 σb²는 넓은 층 하나가 신호의 크기, 두 신호 사이의 각도, 되돌아오는 그래디언트를 어떻게 바꾸는지 결정합니다. 질서 쪽에서는 서로 다른 입력이 똑같아지고 그래디언트가 줄어듭니다. 혼돈 쪽에서는 거의 같은 두 입력이 남남이 되고 그래디언트가 커집니다. 색이 진할수록 적은 층 만에 그렇게 됩니다. 경계에서는 둘 다 유지되므로, 네트워크를 그 위에 놓으면 수백 층도 쌓을 수 있습니다.',
  ),
  activation: sentence('Activation', '활성화 함수'),
  weightVariance: sentence('σw² (fan_in × variance of the weights)', 'σw² (fan_in × 가중치 분산)'),
  biasVariance: sentence('σb² (variance of the biases)', 'σb² (편향 분산)'),
  depth: sentence('Layers', '층 수'),
  presets: sentence('Put the network at', '네트워크를 놓을 곳'),
  preset: label<{ name: PresetName }>({
    en: ({ name }) => presets[name].en,
    ko: ({ name }) => presets[name].ko,
  }),
  noCritical: sentence('none for these biases', '이 편향에는 없음'),

  mapHeading: sentence('The plane', '평면'),
  mapTitle: sentence('Order, chaos and the edge', '질서, 혼돈, 그리고 경계'),
  mapSummary: label<{ phase: PhaseName; scale: string; chi: string }>({
    en: ({ phase, scale, chi }) =>
      `Your network lies in ${phases[phase].en}: each layer multiplies the square of a gradient by ${chi}${scale === '' ? ', which keeps it at any depth.' : `, a factor e in ${scale} layers.`}`,
    ko: ({ phase, scale, chi }) =>
      `지금 네트워크의 위치는 ${phases[phase].ko}입니다. 그래디언트의 제곱이 한 층마다 ${chi}배가 되어 ${scale === '' ? '깊이와 상관없이 유지됩니다.' : `${scale}층마다 e배씩 변합니다.`}`,
  }),
  mapNote: sentence(
    'Computed for infinitely wide layers at the variance that they settle at. Blue: gradients shrink; orange: they grow; the lighter, the slower. On the line they stay. Networks of several such depth scales (about six, Schoenholz et al. 2017) still train.',
    '무한히 넓은 층이 안정되는 분산에서 계산한 값입니다. 파란색은 그래디언트가 줄어드는 곳, 주황색은 커지는 곳이며 옅을수록 느립니다. 선 위에서는 그대로 유지됩니다. 이 깊이 척도의 몇 배(약 여섯 배, Schoenholz 등 2017)까지는 학습할 수 있습니다.',
  ),
  orderName: sentence('order', '질서'),
  chaosName: sentence('chaos', '혼돈'),
  yours: sentence('your network', '내 네트워크'),

  signalHeading: sentence('Through your network', '내 네트워크를 지나며'),
  signalText: sentence(
    'The same point as a real network: two inputs that agree by half go in at the left; at every layer theory and measurement stand side by side.',
    '같은 점을 실제 네트워크로 만들어 봅니다. 절반쯤 닮은 두 입력을 왼쪽에 넣고, 층마다 이론과 측정을 나란히 놓았습니다.',
  ),
  correlationTitle: sentence('How alike are two inputs?', '두 입력은 얼마나 닮았는가'),
  correlationAxis: sentence('cosine between the two', '두 신호 사이의 코사인'),
  gradientTitle: sentence('What is left of the gradient?', '그래디언트는 얼마나 남는가'),
  gradientAxis: sentence('mean square, relative to the last layer', '제곱평균(마지막 층 대비)'),
  layerAxis: sentence('layer', '층'),
  predicted: sentence('theory', '이론'),
  measured: sentence('measured', '측정'),
  correlationSummary: label<{ first: string; last: string; predicted: string; depth: number }>({
    en: ({ first, last, predicted, depth }) =>
      `From ${first} in the first layer to ${last} after ${depth} layers; theory says ${predicted}.`,
    ko: ({ first, last, predicted, depth }) =>
      `첫 층에서 ${first}, ${depth}층 뒤에는 ${last}입니다. 이론값은 ${predicted}입니다.`,
  }),
  gradientSummary: label<{ left: string; predicted: string; depth: number }>({
    en: ({ left, predicted, depth }) =>
      `Back through ${depth} layers the square of the gradient is multiplied by ${left}; theory says ${predicted}.`,
    ko: ({ left, predicted, depth }) =>
      `${depth}층을 거슬러 오는 동안 그래디언트의 제곱은 ${left}배가 됩니다. 이론값은 ${predicted}배입니다.`,
  }),
  signalNote: label<{ width: number; draws: number }>({
    en: ({ width, draws }) =>
      `Layers of ${width} units, ${draws} draws: line, median; band, smallest to largest. Theory is for infinite width.`,
    ko: ({ width, draws }) =>
      `층마다 유닛 ${width}개, ${draws}번 뽑음. 선은 중앙값, 띠는 최솟값에서 최댓값까지입니다. 이론은 너비가 무한할 때의 값입니다.`,
  }),
  weightAxisName: sentence('σw²', 'σw²'),
  biasAxisName: sentence('σb²', 'σb²'),
  depthScale: sentence('depth scale (layers)', '깊이 척도(층)'),
  phaseColumn: sentence('phase', '상태'),
  phaseName: label<{ phase: PhaseName }>({
    en: ({ phase }) => phases[phase].en,
    ko: ({ phase }) => phases[phase].ko,
  }),
} as const;
