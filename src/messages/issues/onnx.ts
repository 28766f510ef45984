import { issue } from '../define.ts';

export const onnxIssues = {
  'onnx.unknown_value': issue<{ value: string; graph: string }>('usage', {
    en: ({ value, graph }) =>
      `graph ${graph}: no value is called "${value}". Add the node that makes it first.`,
    ko: ({ value, graph }) =>
      `그래프 ${graph}: "${value}"(이)라는 값이 없습니다. 그 값을 만드는 노드를 먼저 추가하세요.`,
  }),
  'onnx.duplicate_value': issue<{ value: string; graph: string }>('usage', {
    en: ({ value, graph }) =>
      `graph ${graph}: the value "${value}" exists already; every value is written once.`,
    ko: ({ value, graph }) =>
      `그래프 ${graph}: 값 "${value}"이(가) 이미 있습니다. 값은 한 번만 쓸 수 있습니다.`,
  }),
  'onnx.unknown_operator': issue<{ node: string; operator: string }>('input', {
    en: ({ node, operator }) => `node "${node}": the operator ${operator} is not known here.`,
    ko: ({ node, operator }) => `노드 "${node}": 연산자 ${operator}을(를) 알지 못합니다.`,
  }),
} as const;
