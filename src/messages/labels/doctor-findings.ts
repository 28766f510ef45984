/** What the doctor says: findings, the numbers that speak for them, verdicts and prescriptions. */
import { label, sentence } from '../define.ts';
import { signalFindings } from './doctor-findings-signal.ts';
import { trainingFindings } from './doctor-findings-training.ts';
import { weightFindings } from './doctor-findings-weights.ts';

/** A verdict's plan and chances; numbers are text. */
interface VerdictDetails {
  readonly optimizer: string;
  readonly rate: string;
  readonly steps: string;
  readonly percent: string;
  /** Short sentence of the finding that decides, or empty. */
  readonly because: string;
}

const because = (text: string): string => (text === '' ? '' : ` ${text}`);

/** Labels of the doctor's judgement. */
export const doctorLabels = {
  finding: { ...signalFindings, ...weightFindings, ...trainingFindings },
  severity: {
    note: sentence('note', '참고'),
    warning: sentence('warning', '주의'),
    error: sentence('error', '오류'),
  },
  wholeNetwork: sentence('the network', '네트워크 전체'),
  verdict: {
    learns: label<VerdictDetails>({
      en: (one) =>
        `It will learn: ${one.percent} with ${one.optimizer}, rate ${one.rate}, ${one.steps} steps.${because(one.because)}`,
      ko: (one) =>
        `학습됩니다. ${one.optimizer}, 학습률 ${one.rate}, ${one.steps}스텝에서 확률 ${one.percent}입니다.${because(one.because)}`,
    }),
    'learns-slowly': label<VerdictDetails>({
      en: (one) =>
        `It will learn slowly: ${one.percent} within ${one.steps} steps of ${one.optimizer}, rate ${one.rate}.${because(one.because)}`,
      ko: (one) =>
        `느리게 학습됩니다. ${one.optimizer}, 학습률 ${one.rate}, ${one.steps}스텝 안에 확률 ${one.percent}입니다.${because(one.because)}`,
    }),
    'will-not-learn': label<VerdictDetails>({
      en: (one) =>
        `It will not learn: ${one.percent} with ${one.optimizer}, rate ${one.rate}, ${one.steps} steps.${because(one.because)}`,
      ko: (one) =>
        `학습되지 않습니다. ${one.optimizer}, 학습률 ${one.rate}, ${one.steps}스텝에서 확률 ${one.percent}입니다.${because(one.because)}`,
    }),
    unknown: label<VerdictDetails>({
      en: (one) => `No verdict: the network could not be run backward.${because(one.because)}`,
      ko: (one) => `판정할 수 없습니다. 역방향 계산을 하지 못했습니다.${because(one.because)}`,
    }),
  },
  quantity: {
    'signal-factor': sentence('signal, times the layer before', '신호, 앞 층의 배수'),
    'signal-total': sentence('signal, times the input', '신호, 입력의 배수'),
    'pre-activation-size': sentence('size of pre-activations (rms)', '활성화 전 값의 크기(rms)'),
    'pre-activation-std': sentence('standard deviation of pre-activations', '활성화 전 값의 표준편차'),
    'gradient-ratio': sentence(
      'gradient at the first layer / at the last',
      '첫 층 그래디언트 / 마지막 층 그래디언트',
    ),
    'gradient-factor': sentence('gradient, times the layer behind', '그래디언트, 뒤 층의 배수'),
    'correlation-distance': sentence('1 - cosine of different examples', '서로 다른 예제의 1 - 코사인'),
    'correlation-depth': sentence('layers over which angles shrink by e', '각도가 1/e로 줄어드는 층수'),
    'dead-units': sentence('units that are always 0', '항상 0인 유닛'),
    saturated: sentence('saturated activations', '포화된 활성화 값'),
    'zero-weights': sentence('weights that are 0', '0인 가중치'),
    'equal-units': sentence('equal units', '서로 같은 유닛'),
    'equal-layers': sentence('layers with equal weights', '가중치가 같은 층'),
    'layers-concerned': sentence('layers concerned', '해당하는 층'),
    'initial-loss': sentence('loss before training', '학습 전 손실'),
    'output-size': sentence('size of the outputs (rms)', '출력의 크기(rms)'),
    'bias-size': sentence('size of biases (rms)', '편향의 크기(rms)'),
    'bias-part': sentence('part of biases in the mean square', '제곱평균 가운데 편향의 몫'),
    'residual-growth': sentence('growth over the residual blocks', '잔차 블록을 지나며 커진 배수'),
    'fan-variance': sentence('fan_in · Var(w)', 'fan_in · Var(w)'),
    'wrong-fan-variance': sentence('Var(w) times the other fan', '다른 fan · Var(w)'),
    outlier: sentence('largest weight / standard deviation', '가장 큰 가중치 / 표준편차'),
    'input-mean': sentence('mean of the input', '입력의 평균'),
    'input-std': sentence('standard deviation of the input', '입력의 표준편차'),
    'input-size': sentence('size of the input (rms)', '입력의 크기(rms)'),
    'largest-value': sentence('largest value', '가장 큰 값'),
    'gradient-size': sentence('size of gradients (rms)', '그래디언트의 크기(rms)'),
    'weight-size': sentence('size of weights (rms)', '가중치의 크기(rms)'),
    'learning-rate': sentence('learning rate', '학습률'),
    sharpness: sentence('largest curvature of the loss', '손실의 가장 큰 곡률'),
    'update-ratio': sentence('first update / weights', '첫 갱신 / 가중치'),
    'not-finite-weights': sentence('weights that are not finite', '유한하지 않은 가중치'),
    'not-finite-inputs': sentence('inputs that are not finite', '유한하지 않은 입력'),
    'deviation-growth': sentence('what a small deviation grows to, times', '작은 차이가 커지는 배수'),
    'trained-probability': sentence('probability of being trained', '학습되었을 확률'),
  },
  prescription: {
    gain: label<{ layers: string; factor: string }>({
      en: ({ layers, factor }) => `Multiply the weights of ${layers} by ${factor}.`,
      ko: ({ layers, factor }) => `${layers} 층의 가중치를 ${factor}배로 하세요.`,
    }),
    rule: label<{ layers: string; rule: string }>({
      en: ({ layers, rule }) => `Draw the weights of ${layers} anew: ${rule}.`,
      ko: ({ layers, rule }) => `${layers} 층의 가중치를 다시 뽑으세요: ${rule}.`,
    }),
    bias: label<{ layers: string; rule: string }>({
      en: ({ layers, rule }) => `Set the biases of ${layers}: ${rule}.`,
      ko: ({ layers, rule }) => `${layers} 층의 편향을 다시 정하세요: ${rule}.`,
    }),
    'input-scaling': label<{ mean: string; std: string }>({
      en: ({ mean, std }) => `Subtract ${mean} from the inputs and divide by ${std}.`,
      ko: ({ mean, std }) => `입력에서 평균 ${mean}만큼 빼고 표준편차(${std})로 나누세요.`,
    }),
    start: label<{ start: string }>({
      en: ({ start }) => `Give the whole network the start ${start}.`,
      ko: ({ start }) => `네트워크 전체를 다음 방법으로 초기화하세요: ${start}.`,
    }),
    'learning-rate': label<{ rate: string }>({
      en: ({ rate }) => `Take the learning rate ${rate}.`,
      ko: ({ rate }) => `학습률을 ${rate} 정도로 하세요.`,
    }),
    normalization: sentence('Put a normalization between the layers.', '층 사이에 정규화를 넣으세요.'),
    residual: sentence('Lead a shortcut around the layers.', '층을 건너뛰는 잔차 연결을 넣으세요.'),
    activation: sentence('Take another activation.', '다른 활성화 함수를 쓰세요.'),
    float32: sentence('Keep these values in float32 or bfloat16.', '이 값은 float32나 bfloat16으로 두세요.'),
  },
} as const;
