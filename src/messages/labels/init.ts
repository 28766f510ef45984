import { label } from '../define.ts';

/** Texts of `outset init`. */
export const initLabels = {
  init: label({
    en: () => "write first weights into a model's file: by rule, or exactly as a framework draws them",
    ko: () =>
      '모델 파일의 초기 가중치를 새로 씁니다. 규칙으로 정하거나 프레임워크가 뽑는 값과 똑같이 만듭니다',
  }),
  model: label({
    en: () => '.onnx, .safetensors, .npz, .keras, .h5 or model.json (TensorFlow.js)',
    ko: () => '.onnx, .safetensors, .npz, .keras, .h5 또는 model.json(TensorFlow.js)',
  }),
  rule: label({
    en: () =>
      'a rule for all parameters, or for those whose names match: "conv*=orthogonal"; repeatable, the last match wins; "keep" leaves values alone',
    ko: () =>
      '모든 매개변수에 쓸 규칙, 또는 "conv*=orthogonal"처럼 이름이 맞는 것에만 쓸 규칙. 여러 번 쓸 수 있고 마지막에 맞는 것을 씁니다. "keep"은 값을 그대로 둡니다',
  }),
  like: label({
    en: () => 'exactly the weights of a framework with a seed: torch@0, keras@0, jax@0',
    ko: () => '프레임워크가 그 시드로 뽑는 가중치와 똑같이: torch@0, keras@0, jax@0',
  }),
  out: label({
    en: () => 'file to write; its ending tells the format',
    ko: () => '쓸 파일. 확장자로 형식을 정합니다',
  }),
  activation: label({
    en: () =>
      'nonlinearity between the layers, for rules that take a gain: relu, tanh, gelu, ...; auto: what the file says of each layer',
    ko: () =>
      '층 사이의 활성화 함수. gain을 쓰는 규칙에 적용합니다: relu, tanh, gelu 등. auto는 파일에 적힌 층별 함수를 씁니다',
  }),
  seed: label({ en: () => 'seed of the random numbers', ko: () => '난수 시드' }),
  stream: label({
    en: () => 'random numbers: threefry, or the exact numbers of a library, e.g. numpy-legacy',
    ko: () => '난수 방식: threefry, 또는 numpy-legacy처럼 다른 라이브러리와 똑같은 난수',
  }),
  map: label({
    en: () => 'JSON file that says what the file does not: axes, groups, activations, order of the layers',
    ko: () => '파일에 없는 정보(축, 그룹, 활성화 함수, 층 순서)를 적은 JSON 파일',
  }),
  dryRun: label({
    en: () => 'show the table of parameters and write nothing',
    ko: () => '매개변수 표만 보여 주고 아무것도 쓰지 않습니다',
  }),
  json: label({
    en: () => 'one JSON object per line on standard output, for machines',
    ko: () => '표준 출력에 한 줄에 하나씩 JSON으로 내보냅니다',
  }),
  list: label({ en: () => 'list the rules', ko: () => '규칙 목록을 보여 줍니다' }),
  explain: label({
    en: () => 'explain a rule: formula, assumptions, when to use it and when not',
    ko: () => '규칙을 설명합니다: 식, 가정, 쓸 때와 쓰지 말아야 할 때',
  }),
  nameColumn: label({ en: () => 'parameter', ko: () => '매개변수' }),
  shapeColumn: label({ en: () => 'shape', ko: () => '모양' }),
  layoutColumn: label({ en: () => 'axes', ko: () => '축' }),
  fansColumn: label({ en: () => 'fan in/out', ko: () => 'fan 입/출' }),
  activationColumn: label({ en: () => 'activation', ko: () => '활성화' }),
  ruleColumn: label({ en: () => 'rule', ko: () => '규칙' }),
  stdColumn: label({ en: () => 'std', ko: () => '표준편차' }),
  kept: label<{ count: number }>({
    en: ({ count }) => `${count} other tensors keep their values.`,
    ko: ({ count }) => `나머지 텐서 ${count}개는 값을 그대로 둡니다.`,
  }),
  orderFromNames: label({
    en: () =>
      'Note: this file does not tell the order of its layers; they were drawn in the order of their names. If the model defines them in another order, state it in a map ("order": [...]).',
    ko: () =>
      '참고: 이 파일에는 층 순서가 없어 이름 순서대로 뽑았습니다. 모델에 정의된 순서가 다르면 맵에 적으세요("order": [...]).',
  }),
  written: label<{ file: string; parameters: number; elements: string }>({
    en: ({ file, parameters, elements }) => `Wrote ${file}: ${parameters} parameters, ${elements} values.`,
    ko: ({ file, parameters, elements }) => `${file} 저장: 매개변수 ${parameters}개, 값 ${elements}개.`,
  }),
} as const;
