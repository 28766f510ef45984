import { label } from '../define.ts';

/** Help texts of the command line. */
export const cliLabels = {
  program: label({
    en: () => 'Give every weight of a deep network the right start, and prove it.',
    ko: () => '딥러닝 신경망의 모든 가중치에 알맞은 출발점을 주고, 그 효과를 수치로 보여 줍니다.',
  }),
  usage: label({ en: () => 'Usage:', ko: () => '사용법:' }),
  options: label({ en: () => 'Options:', ko: () => '옵션:' }),
  commands: label({ en: () => 'Commands:', ko: () => '명령:' }),
  arguments: label({ en: () => 'Arguments:', ko: () => '인자:' }),
  examples: label({ en: () => 'Examples:', ko: () => '예:' }),
  defaultValue: label({ en: () => 'default', ko: () => '기본값' }),
  help: label({ en: () => 'show this help', ko: () => '이 도움말을 보여 줍니다' }),
  helpCommand: label({ en: () => 'show the help of a command', ko: () => '명령의 도움말을 보여 줍니다' }),
  version: label({ en: () => 'show the version', ko: () => '버전을 보여 줍니다' }),
  lang: label({
    en: () => 'language: en or ko (default: from the environment)',
    ko: () => '언어: en 또는 ko (기본값: 환경 변수 LANG에 따름)',
  }),
  race: label({
    en: () => 'train the same network on the same batches from different starts, and compare',
    ko: () => '같은 신경망을 같은 배치로, 초기값만 다르게 학습시켜 비교합니다',
  }),
  raceData: label({
    en: () =>
      'mnist, fashion-mnist, xor, spirals, bars-and-stripes, a .csv, .tsv, .npz or .svmlight file, or a folder of IDX files or of images (a folder a class)',
    ko: () =>
      'mnist, fashion-mnist, xor, spirals, bars-and-stripes, .csv·.tsv·.npz·.svmlight 파일, 또는 IDX 파일이나 이미지(클래스마다 폴더 하나)가 든 폴더',
  }),
  raceNetwork: label({
    en: () =>
      'shorthand such as 784-256-256-10:relu, or a JSON file with a network spec (default: fits the data)',
    ko: () => '784-256-256-10:relu 같은 줄임 표기 또는 신경망 명세 JSON 파일 (기본값: 데이터에 맞춤)',
  }),
  raceStart: label({
    en: () =>
      'a start, repeatable, with parameters: --start he-normal --start "normal(std=0.01)" (default: the ten of the lecture)',
    ko: () =>
      '초기화 방법. 여러 번 쓸 수 있고 매개변수도 줄 수 있습니다: --start he-normal --start "normal(std=0.01)" (기본값: 강의의 10가지)',
  }),
  raceOptimizer: label({
    en: () => 'sgd, momentum, nesterov, rmsprop, adam or adamw',
    ko: () => 'sgd, momentum, nesterov, rmsprop, adam, adamw 중 하나',
  }),
  raceLearningRate: label({ en: () => 'learning rate', ko: () => '학습률' }),
  raceWeightDecay: label({ en: () => 'weight decay', ko: () => '가중치 감쇠' }),
  raceLabelSmoothing: label({
    en: () =>
      'share of every answer that is spread evenly over all classes in training: 0.1 often lowers the test error',
    ko: () =>
      '정답의 일부를 모든 클래스에 고르게 나누는 비율(레이블 스무딩, 학습에만 적용). 0.1이면 테스트 오류가 줄어드는 경우가 많습니다',
  }),
  racePatience: label({
    en: () =>
      'early stopping: end after this many epochs without a better result on held-out training examples, and keep the best weights',
    ko: () =>
      '조기 종료: 따로 떼어 둔 훈련 예제에서 이 에폭 수만큼 더 나아지지 않으면 멈추고 가장 좋았던 가중치를 남깁니다',
  }),
  raceValidation: label({
    en: () => 'training examples that are held out for --patience (default: a tenth)',
    ko: () => '--patience를 위해 떼어 둘 훈련 예제 수(기본값: 10분의 1)',
  }),
  raceSchedule: label({
    en: () =>
      'learning rate over time: constant, cosine, or step(every=5,factor=0.1); add warmup=100 for a warm-up in steps',
    ko: () =>
      '학습률 스케줄: constant, cosine, step(every=5,factor=0.1). warmup=100을 더하면 처음 100스텝 동안 서서히 올립니다',
  }),
  raceLoss: label({
    en: () => 'softmax-cross-entropy, mean-squared-error or binary-cross-entropy (default: fits the data)',
    ko: () =>
      'softmax-cross-entropy, mean-squared-error, binary-cross-entropy 중 하나 (기본값: 데이터에 맞춤)',
  }),
  raceBatch: label({ en: () => 'examples per batch', ko: () => '배치 크기' }),
  raceEpochs: label({ en: () => 'passes over the training data', ko: () => '에폭 수' }),
  raceSeed: label({ en: () => 'first seed', ko: () => '첫 시드' }),
  raceSeeds: label({
    en: () => 'number of seeds (counted up from --seed), or a list such as 1,5,9',
    ko: () => '시드 개수(--seed부터 1씩 증가) 또는 1,5,9 같은 목록',
  }),
  raceStream: label({
    en: () => "random numbers of the first weights: threefry (JAX's bits) or numpy-legacy (np.random.seed)",
    ko: () => '초기 가중치를 뽑는 난수: threefry(JAX와 같은 비트) 또는 numpy-legacy(np.random.seed)',
  }),
  raceStandardize: label({
    en: () => 'rescale every feature to mean 0 and standard deviation 1 (of the training part)',
    ko: () => '모든 특성을 평균 0, 표준편차 1로 바꿉니다(학습 데이터 기준)',
  }),
  raceThreads: label({
    en: () => 'worker threads; the numbers are the same for any count (default: the cores)',
    ko: () => '작업 스레드 수. 몇 개를 쓰든 결과는 같습니다 (기본값: 코어 수)',
  }),
  raceOut: label({
    en: () => 'folder for report, result, weights, TensorBoard events (default: a new one in runs/)',
    ko: () => '보고서, 결과, 가중치, TensorBoard 이벤트를 쓸 폴더 (기본값: runs/ 아래 새 폴더)',
  }),
  raceResume: label({
    en: () => 'continue the race in this folder from its checkpoints, to the same bits',
    ko: () => '이 폴더의 경주를 체크포인트부터 이어서 합니다(결과는 비트까지 같습니다)',
  }),
  raceJson: label({
    en: () => 'one JSON object per line on standard output, for machines',
    ko: () => '표준 출력에 한 줄에 하나씩 JSON으로 내보냅니다',
  }),
  starts: label({
    en: () => 'list the starts: names, aliases, parameters, formulas, sources',
    ko: () => '쓸 수 있는 초기화 방법: 이름, 별칭, 매개변수, 식, 출처',
  }),
  startsName: label({ en: () => 'show only this start', ko: () => '이 방법만 보여 줍니다' }),
  report: label({
    en: () => 'write the HTML report of a finished race again',
    ko: () => '끝난 경주의 HTML 보고서를 다시 씁니다',
  }),
  reportResult: label({
    en: () => 'result.json, or the folder that holds it',
    ko: () => 'result.json 파일이나 그것이 든 폴더',
  }),
  reportSvg: label({
    en: () => 'write the cost curves alone, as an SVG picture, to this file',
    ko: () => '비용 곡선만 SVG 그림으로 이 파일에 씁니다',
  }),
  reportOut: label({
    en: () => 'file to write (default: report.html beside it)',
    ko: () => '쓸 파일 (기본값: 같은 폴더의 report.html)',
  }),
} as const;
