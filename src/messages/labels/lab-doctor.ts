/** Chapter 6 of the lab: the doctor. Findings, verdicts and figures have words of their own (`doctor-*.ts`). */
import { label, sentence } from '../define.ts';

const patients = {
  'tanh-small': { en: '50 tanh layers, σ = 0.05', ko: 'tanh 50층, σ = 0.05' },
  'relu-xavier': { en: '30 ReLU layers, Xavier', ko: 'ReLU 30층, Xavier' },
  'sigmoid-normal': { en: '20 sigmoid layers, N(0, 1)', ko: '시그모이드 20층, N(0, 1)' },
  zeros: { en: 'all weights 0', ko: '가중치 모두 0' },
  'tanh-edge': { en: '50 tanh layers at the edge of chaos', ko: 'tanh 50층, 혼돈의 가장자리' },
  'relu-lsuv': { en: '20 ReLU layers, LSUV', ko: 'ReLU 20층, LSUV' },
} as const;

const datasets = {
  mnist: { en: 'MNIST', ko: 'MNIST' },
  'fashion-mnist': { en: 'Fashion-MNIST', ko: 'Fashion-MNIST' },
  noise: { en: 'noise', ko: '잡음' },
} as const;

const optimizers = { adam: 'Adam', sgd: 'SGD', momentum: 'Momentum', rmsprop: 'RMSProp' } as const;

const frameworks = {
  pytorch: 'PyTorch',
  keras: 'Keras',
  jax: 'JAX (Flax)',
  tfjs: 'TensorFlow.js',
  outset: 'Outset',
} as const;

export const labDoctor = {
  title: sentence('The doctor', '초기화 진단'),
  summary: sentence(
    'Will this network learn? Drop a model, or take one of ours: one batch forward and backward tells before the first update.',
    '이 네트워크는 학습이 될까요? 모델을 끌어다 놓거나 준비된 예를 고르세요. 배치 하나를 앞뒤로 흘려 보면 첫 업데이트 전에 알 수 있습니다.',
  ),
  lead: sentence(
    'The chapters before this one look at starts one by one. Here the library looks at a whole model as it is before training: how large signal and gradient are in every layer, what theory expects there, which layer is to blame, and what to write instead.',
    '앞의 장들에서는 초기화 방법을 하나씩 살펴봤습니다. 여기서는 학습을 시작하기 전의 모델 전체를 진단합니다. 층마다 신호와 그래디언트가 얼마나 큰지, 이론이 예측하는 크기와 맞는지, 어느 층이 문제이고 대신 무엇을 써야 하는지 알려 줍니다.',
  ),

  files: sentence('Your model', '내 모델'),
  drop: sentence(
    'Drop a model here: .onnx, .safetensors, .npz, Keras (.keras, .h5), TensorFlow.js (model.json and its .bin files together)',
    '모델 파일을 여기에 끌어다 놓으세요: .onnx, .safetensors, .npz, Keras(.keras, .h5), TensorFlow.js(model.json과 .bin 파일을 함께)',
  ),
  choose: sentence('Choose files', '파일 고르기'),
  privacy: sentence(
    'Files are read inside this page. Nothing leaves this machine.',
    '파일은 이 페이지 안에서만 읽습니다. 이 컴퓨터 밖으로 나가는 것은 없습니다.',
  ),
  chosen: label<{ name: string; others: number; size: string }>({
    en: ({ name, others, size }) =>
      `${name}${others === 0 ? '' : ` and ${others} more`} (${size}) instead of the network below`,
    ko: ({ name, others, size }) =>
      `아래 네트워크 대신 ${name}${others === 0 ? '' : ` 외 ${others}개`} 파일(${size})을 진단합니다`,
  }),
  putBack: sentence('Without the file', '파일 빼기'),
  belongs: sentence('Network of these weights', '이 가중치의 네트워크'),
  belongsHint: sentence(
    'These are weights without an architecture. Say what network they belong to, e.g. 784-256-256-10:relu, and the signal can be followed.',
    '구조 없이 가중치만 든 파일입니다. 784-256-256-10:relu처럼 어떤 네트워크의 가중치인지 적으면 신호까지 따라갈 수 있습니다.',
  ),

  patients: sentence('Or one of ours', '준비된 예'),
  patientName: label<{ name: keyof typeof patients }>({
    en: ({ name }) => patients[name].en,
    ko: ({ name }) => patients[name].ko,
  }),
  network: sentence('Network', '네트워크'),
  start: sentence('Start', '초기화 방법'),
  data: sentence('Data', '데이터'),
  dataName: label<{ name: keyof typeof datasets }>({
    en: ({ name }) => datasets[name].en,
    ko: ({ name }) => datasets[name].ko,
  }),
  dataDoesNotFit: label<{ data: keyof typeof datasets }>({
    en: ({ data }) =>
      `${datasets[data].en} does not fit the inputs or outputs of this model: standard normal noise stands in.`,
    ko: ({ data }) =>
      `${datasets[data].ko} 데이터는 이 모델의 입력이나 출력에 맞지 않아, 대신 표준정규분포 잡음을 넣었습니다.`,
  }),
  training: sentence('The training asked about', '판정할 학습 조건'),
  optimizer: sentence('Optimizer', '옵티마이저'),
  optimizerName: label<{ name: keyof typeof optimizers }>({
    en: ({ name }) => optimizers[name],
    ko: ({ name }) => optimizers[name],
  }),
  rate: sentence('Learning rate', '학습률'),
  steps: sentence('Updates', '업데이트 횟수'),

  stage: label<{ stage: 'opening' | 'examining' | 'mending' }>({
    en: ({ stage }) =>
      ({
        opening: 'Opening the model …',
        examining: 'One batch forward and backward …',
        mending: 'Trying prescriptions, each examined with the same batch …',
      })[stage],
    ko: ({ stage }) =>
      ({
        opening: '모델을 여는 중…',
        examining: '배치 하나를 앞뒤로 흘려 보는 중…',
        mending: '처방을 하나씩 적용해 같은 배치로 다시 진단하는 중…',
      })[stage],
  }),
  refused: label<{ model: string; reason: string }>({
    en: ({ model, reason }) => `${model} could not be examined. ${reason}`,
    ko: ({ model, reason }) => `진단하지 못했습니다: ${model}. ${reason}`,
  }),

  verdictHeading: sentence('Verdict', '판정'),
  signalHeading: sentence('Forward and backward, layer by layer', '순방향과 역방향, 층별로'),
  signalText: sentence(
    'Dots were measured with one batch. The line is what theory expects of these widths and weights, its band where 95 % of the draws lie. Where the dots leave the level, the signal or the gradient is lost or grows without bound.',
    '점은 배치 하나로 잰 값입니다. 선은 이 너비와 가중치에 대해 이론이 예측하는 값이고, 띠에는 뽑기의 95 %가 들어갑니다. 점이 수평에서 벗어나는 곳에서 신호나 그래디언트가 사라지거나 끝없이 커집니다.',
  ),
  findingsHeading: sentence('Findings', '찾아낸 문제'),
  noFindings: sentence('Nothing to complain about.', '문제를 찾지 못했습니다.'),
  noFindingsInWeights: sentence(
    'Nothing to complain about in the weights alone.',
    '가중치만 보아서는 문제를 찾지 못했습니다.',
  ),
  where: sentence('where', '위치'),
  evidence: sentence('measured', '근거'),
  advice: sentence('what to do', '처방'),
  more: sentence('What it means', '무슨 뜻인가요'),

  mendHeading: sentence('Mend it', '고치기'),
  mendText: sentence(
    'Prescriptions are tried from the smallest change to the largest, and each is examined with the same batch. The first that makes the network learn is kept. Weights that look trained are left alone.',
    '작은 변경부터 큰 변경까지 처방을 차례로 적용하고 그때마다 같은 배치로 다시 진단합니다. 학습이 되게 하는 첫 처방을 남깁니다. 이미 학습된 것으로 보이는 가중치는 건드리지 않습니다.',
  ),
  mend: sentence('Mend', '고쳐 보기'),
  unmend: sentence('Back to the diagnosis alone', '진단만 보기'),
  applied: sentence('Applied', '적용한 처방'),
  change: sentence('Before and after', '처방 전과 후'),
  download: label<{ name: string; size: string }>({
    en: ({ name, size }) => `Download ${name} (${size})`,
    ko: ({ name, size }) => `${name} 내려받기(${size})`,
  }),

  codeHeading: sentence('What to write instead', '대신 쓸 코드'),
  codeText: sentence(
    'The prescription as code; it stands between building the model and training it.',
    '처방을 코드로 적었습니다. 모델을 만든 뒤, 학습하기 전에 넣으세요.',
  ),
  framework: sentence('Framework', '프레임워크'),
  frameworkName: label<{ name: keyof typeof frameworks }>({
    en: ({ name }) => frameworks[name],
    ko: ({ name }) => frameworks[name],
  }),

  layersHeading: sentence('Every layer', '모든 층'),
  layersText: sentence(
    'Root mean squares; those of the gradient relative to the last layer.',
    '제곱평균제곱근이며, 그래디언트는 마지막 층에 대한 비입니다.',
  ),
  provenanceHeading: sentence('Where the weights come from', '가중치의 출처'),
} as const;
