import { label } from '../define.ts';

/** Help texts of `outset rbm`, `pretrain`, `finetune` and `sample`. */
export const boltzmannCliLabels = {
  usual: label({ en: () => 'default', ko: () => '기본값' }),
  rbm: label({
    en: () => 'train a restricted Boltzmann machine without labels, and judge its likelihood',
    ko: () => '제한 볼츠만 머신(RBM)을 레이블 없이 학습하고 가능도를 평가합니다',
  }),
  pretrain: label({
    en: () => 'stack RBMs into a deep belief net, layer by layer, without labels',
    ko: () => 'RBM을 한 층씩 쌓아 심층 신뢰망(DBN)을 레이블 없이 사전 학습합니다',
  }),
  finetune: label({
    en: () =>
      'finish a pre-trained net with labels, beside random starts of the same network, with a verdict',
    ko: () => '사전 학습한 신경망을 레이블로 미세 조정하고, 같은 구조의 무작위 초기값과 비교해 판정합니다',
  }),
  sample: label({
    en: () => 'draw samples from a trained RBM or deep belief net, as a picture or numbers',
    ko: () => '학습한 RBM이나 심층 신뢰망에서 샘플을 뽑아 그림이나 수로 저장합니다',
  }),
  data: label({
    en: () =>
      'mnist, fashion-mnist, bars-and-stripes, a .csv, .tsv, .npz or .svmlight file, or a folder of images or IDX files',
    ko: () =>
      'mnist, fashion-mnist, bars-and-stripes, .csv·.tsv·.npz·.svmlight 파일, 또는 이미지나 IDX 파일이 든 폴더',
  }),
  model: label({
    en: () => 'file that outset rbm or outset pretrain wrote',
    ko: () => 'outset rbm이나 outset pretrain이 쓴 파일',
  }),
  hidden: label({
    en: () => 'hidden units (default: 500 for images, twice the columns for small data)',
    ko: () => '은닉 유닛 수 (기본값: 이미지는 500, 작은 데이터는 열 수의 두 배)',
  }),
  visible: label({
    en: () => 'visible units: bernoulli, spin, potts or gaussian (default: fits the data)',
    ko: () => '가시 유닛: bernoulli, spin, potts, gaussian (기본값: 데이터에 맞춤)',
  }),
  hiddenUnits: label({
    en: () => 'hidden units: bernoulli, spin, potts(4), gaussian, relu or nrelu',
    ko: () => '은닉 유닛 종류: bernoulli, spin, potts(4), gaussian, relu, nrelu',
  }),
  layers: label({
    en: () => 'hidden units of each layer, bottom first',
    ko: () => '층마다의 은닉 유닛 수, 아래층부터',
  }),
  upward: label({
    en: () => 'what the next layer learns: samples (states) or means (probabilities)',
    ko: () => '다음 층이 배우는 것: samples(상태) 또는 means(확률)',
  }),
  labelsAtTop: label({
    en: () =>
      'a softmax unit with the class beside the visible units of the top RBM: the net can dream of a class',
    ko: () =>
      '맨 위 RBM의 가시 유닛 옆에 클래스를 나타내는 소프트맥스 유닛을 둡니다. 클래스를 정해 샘플을 뽑을 수 있습니다',
  }),
  upDown: label({
    en: () => 'epochs of up-down learning (wake-sleep) after the layers',
    ko: () => '층별 학습 뒤에 하는 업다운 학습(wake-sleep)의 에폭 수',
  }),
  dbnOutput: label({
    en: () => 'file of the trained net (default: dbn.safetensors in the folder of the run)',
    ko: () => '학습한 신경망 파일 (기본값: 실행 폴더의 dbn.safetensors)',
  }),
  method: label({
    en: () =>
      'where the negative statistics come from: cd, pcd, pt (parallel tempering) or exact (small models)',
    ko: () => '음의 통계를 얻는 방법: cd, pcd, pt(병렬 템퍼링), exact(작은 모델)',
  }),
  steps: label({ en: () => 'Gibbs steps an update', ko: () => '갱신마다 깁스 단계 수' }),
  temperatures: label({
    en: () => 'inverse temperatures from 1 down to 0, for --method pt (default: 10)',
    ko: () => '1에서 0까지의 역온도 수, --method pt에서 (기본값: 10)',
  }),
  chains: label({
    en: () => 'persistent chains, for --method pcd and pt (default: as many as the batch)',
    ko: () => '지속 사슬 수, --method pcd와 pt에서 (기본값: 배치 크기)',
  }),
  epochs: label({
    en: () => 'passes over the data (default: 30, more where an epoch is only a few steps)',
    ko: () => '에폭 수 (기본값: 30, 에폭당 스텝이 적으면 더 많이)',
  }),
  layerEpochs: label({
    en: () => 'passes over the data for each layer: one number, or one a layer such as 20,20,30',
    ko: () => '층마다의 에폭 수: 하나 또는 20,20,30처럼 층마다 하나씩',
  }),
  learningRate: label({
    en: () => 'learning rate (default: 0.05 for pcd and pt, 0.1 for cd, a hundredth for Gaussian units)',
    ko: () => '학습률 (기본값: pcd와 pt는 0.05, cd는 0.1, 가우시안 유닛이면 100분의 1)',
  }),
  schedule: label({
    en: () => 'learning rate over time, as in outset race (default: cosine for pcd and pt, constant for cd)',
    ko: () => '학습률 스케줄, outset race와 같음 (기본값: pcd와 pt는 cosine, cd는 constant)',
  }),
  batch: label({ en: () => 'examples per batch', ko: () => '배치 크기' }),
  optimizer: label({
    en: () => 'momentum or adam (default: momentum; adam for exact)',
    ko: () => 'momentum 또는 adam (기본값: momentum, exact는 adam)',
  }),
  momentum: label({
    en: () => 'momentum, or two for before and after epoch 5 (default: 0.5,0.9 for cd, 0.5 for pcd and pt)',
    ko: () => '모멘텀, 또는 5에폭 전과 후의 두 값 (기본값: cd는 0.5,0.9, pcd와 pt는 0.5)',
  }),
  weightDecay: label({
    en: () => 'L2 weight decay (default: 0.0002 for cd, 0.0001 for pcd and pt)',
    ko: () => 'L2 가중치 감쇠 (기본값: cd는 0.0002, pcd와 pt는 0.0001)',
  }),
  l1: label({ en: () => 'L1 weight decay (default: 0)', ko: () => 'L1 가중치 감쇠 (기본값: 0)' }),
  sparsity: label({
    en: () => 'target of the mean activity of hidden units, with its strength: 0.05 or 0.05,0.1',
    ko: () => '은닉 유닛 평균 활성도의 목표와 그 세기: 0.05 또는 0.05,0.1',
  }),
  notCentered: label({
    en: () => 'plain gradient instead of the centred one',
    ko: () => '중심화하지 않은 기울기를 씁니다',
  }),
  grey: label({
    en: () => 'what levels between 0 and 1 mean: threshold, sampled (once), resampled or grey (as they are)',
    ko: () => '0과 1 사이 값의 뜻: threshold, sampled(한 번 추출), resampled(매번 추출), grey(그대로)',
  }),
  digit: label({
    en: () => 'samples of this class, by its name; needs a net that was pre-trained with --labels-at-top',
    ko: () =>
      '이 클래스의 샘플만 뽑습니다(이름으로 지정). --labels-at-top으로 사전 학습한 신경망이어야 합니다',
  }),
  label: label({
    en: () => 'the same for any class name',
    ko: () => '위와 같음. 숫자가 아닌 이름에도 씁니다',
  }),
  count: label({
    en: () => 'samples (default: 100; 10 of each class for a net with labels)',
    ko: () => '샘플 수 (기본값: 100, 레이블이 있는 신경망은 클래스마다 10)',
  }),
  gibbsSteps: label({
    en: () => 'Gibbs steps of the top layer, from random states',
    ko: () => '무작위 상태에서 시작하는 맨 위층의 깁스 단계 수',
  }),
  sampleOutput: label({
    en: () => 'file to write: .png for a picture, .npz for numbers',
    ko: () => '쓸 파일: 그림은 .png, 수는 .npz',
  }),
  labels: label({
    en: () => 'use only so many training labels, as many of each class (default: all)',
    ko: () => '학습 레이블을 이만큼만, 클래스마다 같은 수로 씁니다 (기본값: 모두)',
  }),
  autoencoder: label({
    en: () => 'unroll the net into an autoencoder and train it on the data themselves; needs no labels',
    ko: () => '신경망을 펼쳐 오토인코더로 만들고 데이터 자체로 학습합니다. 레이블이 필요 없습니다',
  }),
  rivals: label({
    en: () =>
      'a start of the same network to beat, repeatable (default: pytorch-default, glorot-uniform, he-normal)',
    ko: () =>
      '비교할 초기화 방법. 여러 번 쓸 수 있습니다 (기본값: pytorch-default, glorot-uniform, he-normal)',
  }),
  dropout: label({
    en: () => 'dropout of hidden units (inputs then 0.2), or inputs,hidden such as 0.2,0.5',
    ko: () => '은닉 유닛의 드롭아웃 비율(이때 입력은 0.2), 또는 0.2,0.5처럼 입력,은닉',
  }),
  finetuneRate: label({
    en: () => 'learning rate (default: 0.0005; 0.001 with dropout or --autoencoder)',
    ko: () => '학습률 (기본값: 0.0005, 드롭아웃이나 --autoencoder를 쓰면 0.001)',
  }),
  finetuneEpochs: label({
    en: () => 'passes over the labelled data (default: 30, 60 with dropout, more where there are few labels)',
    ko: () => '레이블 데이터에 대한 에폭 수 (기본값: 30, 드롭아웃은 60, 레이블이 적으면 더 많이)',
  }),
  netOutput: label({
    en: () => 'file of the fine-tuned net: .safetensors, .onnx (one example at a time) or .npz',
    ko: () => '미세 조정한 신경망 파일: .safetensors, .onnx(예제 하나씩), .npz',
  }),
  weightStd: label({
    en: () => 'standard deviation of the first weights',
    ko: () => '초기 가중치의 표준편차',
  }),
  likelihood: label({
    en: () => 'exact (up to 25 units on one side), ais (both bounds), none, or auto',
    ko: () => '가능도: exact(한쪽 유닛 25개까지), ais(양쪽 한계), none, auto',
  }),
  seed: label({ en: () => 'seed', ko: () => '시드' }),
  threads: label({
    en: () => 'threads; the numbers are the same for any count (default: the cores)',
    ko: () => '스레드 수. 몇 개를 쓰든 결과는 같습니다 (기본값: 코어 수)',
  }),
  rbmOutput: label({
    en: () => 'file of the trained model (default: model.safetensors in the folder of the run)',
    ko: () => '학습한 모델 파일 (기본값: 실행 폴더의 model.safetensors)',
  }),
  out: label({
    en: () => 'folder for report, result, pictures, checkpoint (default: a new one in runs/)',
    ko: () => '보고서, 결과, 그림, 체크포인트를 쓸 폴더 (기본값: runs/ 아래 새 폴더)',
  }),
  resume: label({
    en: () => 'continue the run in this folder from its checkpoint, to the same bits',
    ko: () => '이 폴더의 실행을 체크포인트부터 이어서 합니다(결과는 비트까지 같습니다)',
  }),
} as const;
