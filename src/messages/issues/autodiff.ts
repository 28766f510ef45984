import { issue } from '../define.ts';

export const autodiffIssues = {
  'autodiff.no_rule': issue<{ node: string; operator: string; known: string[] }>('input', {
    en: ({ node, operator, known }) =>
      `autodiff: node '${node}': operator ${operator} has no gradient rule. Build it from operators that have one, keep it off the path from the parameters to the loss, or register a rule. Operators with a rule: ${known.join(', ')}.`,
    ko: ({ node, operator, known }) =>
      `autodiff: 노드 '${node}': 연산자 ${operator}에는 미분 규칙이 없습니다. 규칙이 있는 연산자로 바꾸거나, 매개변수에서 손실까지의 경로에서 빼거나, 규칙을 등록하세요. 규칙이 있는 연산자: ${known.join(', ')}.`,
  }),
  'autodiff.output_without_rule': issue<{ node: string; operator: string; output: string }>('input', {
    en: ({ node, operator, output }) =>
      `autodiff: node '${node}' (${operator}): output '${output}' cannot be differentiated, only the first output can. Compute this value by nodes of its own.`,
    ko: ({ node, operator, output }) =>
      `autodiff: 노드 '${node}' (${operator}): 출력 '${output}'은 미분할 수 없고 첫 번째 출력만 미분할 수 있습니다. 이 값은 별도의 노드로 계산하세요.`,
  }),
  'autodiff.unsupported': issue<{ node: string; operator: string; feature: string; advice: string }>(
    'input',
    {
      en: ({ node, operator, feature, advice }) =>
        `autodiff: node '${node}' (${operator}): the gradient rule does not cover ${feature}. Use ${advice} instead.`,
      ko: ({ node, operator, feature, advice }) =>
        `autodiff: 노드 '${node}' (${operator}): 미분 규칙이 지원하지 않는 경우입니다: ${feature}. 대신 사용할 것: ${advice}.`,
    },
  ),
  'autodiff.not_float': issue<{ value: string; dtype: string }>('usage', {
    en: ({ value, dtype }) =>
      `autodiff: value '${value}': a gradient needs float32 or float64, got ${dtype}. Cast the value or leave it out.`,
    ko: ({ value, dtype }) =>
      `autodiff: 값 '${value}': 미분하려면 float32나 float64여야 하는데 ${dtype} 값입니다. 형을 변환하거나 대상에서 빼세요.`,
  }),
  'autodiff.seed_needed': issue<{ value: string; dims: number[] }>('usage', {
    en: ({ value, dims }) =>
      `autodiff: value '${value}': only a value of one element can be differentiated without a seed, got shape [${dims.join(', ')}]. Reduce it to a scalar or pass { seed }.`,
    ko: ({ value, dims }) =>
      `autodiff: 값 '${value}': seed 없이 미분하려면 원소가 하나여야 하는데 모양이 [${dims.join(', ')}]입니다. 스칼라로 줄이거나 { seed }를 넘기세요.`,
  }),
  'autodiff.bad_seed': issue<{ value: string; expected: string; seed: string; got: string }>('usage', {
    en: ({ value, expected, seed, got }) =>
      `autodiff: seed '${seed}' for value '${value}': expected ${expected}, got ${got}. The seed has the type and shape of the output.`,
    ko: ({ value, expected, seed, got }) =>
      `autodiff: 값 '${value}'의 seed '${seed}': ${expected} 모양이어야 하는데 ${got} 모양입니다. seed는 출력과 형, 모양이 같아야 합니다.`,
  }),
} as const;
