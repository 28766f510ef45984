import { label } from '../define.ts';

/** What `outset rbm`, `pretrain` and `sample` say while they run and in their reports. */
export const boltzmannRunLabels = {
  reading: label<{ data: string }>({
    en: ({ data }) => `reading ${data} ...`,
    ko: ({ data }) => `${data} 읽는 중 ...`,
  }),
  rbmHeader: label<{
    model: string;
    data: string;
    examples: number;
    method: string;
    epochs: number;
    batch: number;
  }>({
    en: ({ model, data, examples, method, epochs, batch }) =>
      `RBM ${model} on ${data}: ${examples.toLocaleString('en-US')} examples, ${method}, ${count(epochs, 'epoch')}, batches of ${batch}`,
    ko: ({ model, data, examples, method, epochs, batch }) =>
      `RBM ${model}, 데이터 ${data}: 예제 ${examples.toLocaleString('en-US')}개, ${method}, ${epochs}에폭, 배치 ${batch}`,
  }),
  dbnHeader: label<{ model: string; data: string; examples: number; labels: number }>({
    en: ({ model, data, examples, labels }) =>
      `deep belief net ${model} on ${data}: ${examples.toLocaleString('en-US')} examples${labels > 0 ? `, ${labels} labels at the top` : ', no labels'}`,
    ko: ({ model, data, examples, labels }) =>
      `심층 신뢰망(DBN) ${model}, 데이터 ${data}: 예제 ${examples.toLocaleString('en-US')}개${labels > 0 ? `, 맨 위층에 레이블 ${labels}개` : ', 레이블 없음'}`,
  }),
  resuming: label<{ folder: string; epoch: number }>({
    en: ({ folder, epoch }) => `continuing ${folder} after epoch ${epoch}`,
    ko: ({ folder, epoch }) => `${folder}: ${epoch}에폭 다음부터 이어서 진행합니다`,
  }),
  resumingLayer: label<{ folder: string; layer: number; epoch: number }>({
    en: ({ folder, layer, epoch }) => `continuing ${folder}: layer ${layer}, after epoch ${epoch}`,
    ko: ({ folder, layer, epoch }) => `${folder}: ${layer}층 ${epoch}에폭 다음부터 이어서 진행합니다`,
  }),
  readOut: label<{ error: string; before: string }>({
    en: ({ error, before }) =>
      `test error by the generative read-out: ${error}${before === '' ? '' : ` (before up-down learning: ${before})`}`,
    ko: ({ error, before }) =>
      `생성 모델로 판별한 테스트 오류율: ${error}${before === '' ? '' : ` (업다운 학습 전: ${before})`}`,
  }),
  greyNote: label<{ grey: string }>({
    en: ({ grey }) => `grey levels: ${grey} (--grey)`,
    ko: ({ grey }) => `회색 단계: ${grey} (--grey)`,
  }),
  standardizedNote: label({
    en: () =>
      'real numbers: every column is standardized (mean 0, standard deviation 1), visible units are Gaussian',
    ko: () => '실수 데이터: 열마다 표준화하고(평균 0, 표준편차 1) 가우시안 가시 유닛을 씁니다',
  }),
  constantColumns: label<{ columns: number; of: number; standardized: boolean }>({
    en: ({ columns, of, standardized }) =>
      `${columns} of ${of} columns never change: they are kept${standardized ? ' at 0' : ', with biases as if the other value had been seen half a time'}, and teach the weights nothing`,
    ko: ({ columns, of, standardized }) =>
      `${of}개 열 가운데 ${columns}개는 값이 전혀 바뀌지 않습니다. ${standardized ? '0으로 두고' : '다른 값이 0.5번 나온 것으로 보고 편향을 정해'} 그대로 쓰지만, 가중치 학습에는 영향을 주지 않습니다`,
  }),
  progress: label<{ epoch: number; epochs: number; rate: string; left: string; error: string; gap: string }>({
    en: ({ epoch, epochs, rate, left, error, gap }) =>
      `epoch ${epoch}/${epochs}  ${rate}/s  ${left} left  reconstruction error ${error}${gap === '' ? '' : `  free-energy gap ${gap}`}`,
    ko: ({ epoch, epochs, rate, left, error, gap }) =>
      `${epoch}/${epochs}에폭  초당 ${rate}개  ${left} 남음  복원 오차 ${error}${gap === '' ? '' : `  자유 에너지 차이 ${gap}`}`,
  }),
  layerProgress: label<{ layer: number; layers: number; text: string }>({
    en: ({ layer, layers, text }) => `${layer === 0 ? 'up-down' : `layer ${layer}/${layers}`}  ${text}`,
    ko: ({ layer, layers, text }) => `${layer === 0 ? '업다운' : `${layer}/${layers}층`}  ${text}`,
  }),
  layerDone: label<{ layer: number; model: string; seconds: string; error: string; gap: string }>({
    en: ({ layer, model, seconds, error, gap }) =>
      `✓ ${layer === 0 ? 'up-down' : `layer ${layer}`} (${model}) in ${seconds}  reconstruction error ${error}${gap === '' ? '' : `  free-energy gap ${gap}`}`,
    ko: ({ layer, model, seconds, error, gap }) =>
      `✓ ${layer === 0 ? '업다운' : `${layer}층`} (${model}) ${seconds}  복원 오차 ${error}${gap === '' ? '' : `  자유 에너지 차이 ${gap}`}`,
  }),
  judging: label<{ percent: number }>({
    en: ({ percent }) => `estimating the likelihood (${percent} % of this part)`,
    ko: ({ percent }) => `가능도 추정 중(이 부분의 ${percent} %)`,
  }),
  stopping: label({
    en: () => 'Stopping after this step; a checkpoint is being written ...',
    ko: () => '이번 스텝까지만 하고 멈춥니다. 체크포인트를 쓰는 중 ...',
  }),
  stopped: label<{ command: string }>({
    en: ({ command }) => `Stopped. Continue with: ${command}`,
    ko: ({ command }) => `멈췄습니다. 이어서 하려면: ${command}`,
  }),
  trained: label<{ epochs: number; seconds: string; error: string; gap: string }>({
    en: ({ epochs, seconds, error, gap }) =>
      `trained ${count(epochs, 'epoch')} in ${seconds}: reconstruction error ${error}${gap === '' ? '' : `, free-energy gap ${gap}`}`,
    ko: ({ epochs, seconds, error, gap }) =>
      `${epochs}에폭을 ${seconds} 만에 학습: 복원 오차 ${error}${gap === '' ? '' : `, 자유 에너지 차이 ${gap}`}`,
  }),
  noLikelihood: label({
    en: () => 'no likelihood: one side of this model cannot be summed or annealed; see the free-energy gap',
    ko: () => '가능도 없음: 이 모델은 합산도 담금질도 할 수 없습니다. 자유 에너지 차이를 보세요',
  }),
  modelWritten: label<{ file: string }>({
    en: ({ file }) => `Model: ${file}`,
    ko: ({ file }) => `모델: ${file}`,
  }),
  reportWritten: label<{ file: string }>({
    en: ({ file }) => `Report: ${file}`,
    ko: ({ file }) => `보고서: ${file}`,
  }),
  picturesWritten: label<{ files: string }>({
    en: ({ files }) => `Pictures: ${files}`,
    ko: ({ files }) => `그림: ${files}`,
  }),
  sawAllLabels: label({
    en: () =>
      'note: this net was pre-trained with labels at its top, so it has seen more labels than --labels says; the comparison is not one of few labels',
    ko: () =>
      '참고: 이 신경망은 맨 위층에 레이블을 두고 사전 학습했으므로 --labels보다 많은 레이블을 이미 보았습니다. 적은 레이블에서의 비교가 아닙니다',
  }),
  samplesWritten: label<{ count: number; file: string }>({
    en: ({ count: samples, file }) => `${count(samples, 'sample')}: ${file}`,
    ko: ({ count: samples, file }) => `샘플 ${samples.toLocaleString('en-US')}개: ${file}`,
  }),
  repeat: label<{ command: string }>({
    en: ({ command }) => `Repeat: ${command}`,
    ko: ({ command }) => `다시 하려면: ${command}`,
  }),
  next: label<{ command: string }>({
    en: ({ command }) => `Next: ${command}`,
    ko: ({ command }) => `다음 단계: ${command}`,
  }),

  units: label<{ count: number; kind: string; states: number }>({
    en: ({ count: units, kind, states }) => `${units} ${kind}${states > 0 ? ` (${states} states)` : ''}`,
    ko: ({ count: units, kind, states }) => `${kind} ${units}개${states > 0 ? `(상태 ${states}가지)` : ''}`,
  }),
  yes: label({ en: () => 'yes', ko: () => '예' }),
  no: label({ en: () => 'no', ko: () => '아니요' }),
  'fact.method': label({ en: () => 'method', ko: () => '학습 알고리즘' }),
  'fact.centered': label({ en: () => 'centred gradient', ko: () => '중심화 기울기' }),
  'fact.optimizer': label({ en: () => 'optimizer', ko: () => '옵티마이저' }),
  'fact.learningRate': label({ en: () => 'learning rate', ko: () => '학습률' }),
  'fact.batch': label({ en: () => 'batch', ko: () => '배치' }),
  'fact.epochs': label({ en: () => 'epochs', ko: () => '에폭' }),
  'fact.weightDecay': label({ en: () => 'weight decay', ko: () => '가중치 감쇠' }),
  'fact.sparsity': label({ en: () => 'sparsity target (cost)', ko: () => '희소성 목표(세기)' }),
  'fact.grey': label({ en: () => 'grey levels', ko: () => '회색 단계' }),
  'fact.seed': label({ en: () => 'seed', ko: () => '시드' }),
  'fact.upward': label({ en: () => 'what the next layer learns', ko: () => '다음 층이 배우는 것' }),
  'fact.readOut': label({
    en: () => 'test error by the generative read-out',
    ko: () => '생성 모델로 판별한 테스트 오류율',
  }),
  'upward.samples': label({ en: () => 'sampled states', ko: () => '표본으로 뽑은 상태' }),
  'upward.means': label({ en: () => 'means (probabilities)', ko: () => '평균(확률)' }),
  'fact.threads': label({ en: () => 'threads', ko: () => '스레드' }),
  'fact.machine': label({ en: () => 'machine', ko: () => '실행 환경' }),
  'fact.weightStd': label({ en: () => 'first weights', ko: () => '초기 가중치' }),
  'grey.threshold': label({ en: () => 'on from 0.5 (threshold)', ko: () => '0.5 이상이면 켜짐(threshold)' }),
  'grey.sampled': label({
    en: () => 'drawn once with the level as probability (sampled)',
    ko: () => '밝기를 확률로 보고 한 번 뽑아 고정(sampled)',
  }),
  'grey.resampled': label({
    en: () => 'drawn anew at each use (resampled)',
    ko: () => '쓸 때마다 새로 뽑음(resampled)',
  }),
  'grey.grey': label({
    en: () => 'the level itself stands for the state (grey)',
    ko: () => '밝기 값을 그대로 상태로 사용(grey)',
  }),
  chainNumber: label<{ chain: number }>({
    en: ({ chain }) => `chain ${chain}`,
    ko: ({ chain }) => `사슬 ${chain}`,
  }),
  chainTime: label<{ steps: number }>({
    en: ({ steps }) => count(steps, 'step'),
    ko: ({ steps }) => `${steps}단계`,
  }),
} as const;

function count(n: number, noun: string): string {
  return `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;
}
