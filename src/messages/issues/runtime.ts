import { issue } from '../define.ts';

export const runtimeIssues = {
  'runtime.engine_missing': issue<{ reason: string }>('run', {
    en: ({ reason }) =>
      `engine: onnxruntime-node was expected beside outset, but could not be loaded (${reason}). Type: npm install onnxruntime-node --ignore-scripts (its install script downloads files that are not needed). Where it has no build for the machine, type: npm install onnxruntime-web`,
    ko: ({ reason }) =>
      `engine: outset과 함께 onnxruntime-node가 필요하지만 불러오지 못했습니다(${reason}). 다음을 입력하세요: npm install onnxruntime-node --ignore-scripts (설치 스크립트는 필요 없는 파일을 내려받습니다). 이 컴퓨터용 빌드가 없다면 다음을 입력하세요: npm install onnxruntime-web`,
  }),
  'runtime.web_engine_missing': issue<{ package: string; reason: string }>('run', {
    en: ({ package: name, reason }) =>
      `engine: ${name} could not be loaded (${reason}). Type: npm install onnxruntime-web, and let the page serve its .wasm files.`,
    ko: ({ package: name, reason }) =>
      `engine: ${name} 모듈을 불러오지 못했습니다(${reason}). npm install onnxruntime-web 을 입력하고, 페이지에서 .wasm 파일을 제공하세요.`,
  }),
  'runtime.compile_failed': issue<{ graph: string; engine: string; reason: string }>('run', {
    en: ({ graph, engine, reason }) =>
      `graph '${graph}': ${engine} was expected to accept it, but said: ${reason}. Use an operator or shape that the engine supports.`,
    ko: ({ graph, engine, reason }) =>
      `그래프 '${graph}': ${engine} 엔진이 받아들이지 않았습니다: ${reason}. 엔진이 지원하는 연산과 모양을 쓰세요.`,
  }),
  'runtime.run_failed': issue<{ graph: string; engine: string; reason: string }>('run', {
    en: ({ graph, engine, reason }) =>
      `graph '${graph}': running it on ${engine} failed: ${reason}. Check the shapes of the inputs and the free memory.`,
    ko: ({ graph, engine, reason }) =>
      `그래프 '${graph}': ${engine} 엔진에서 실행하지 못했습니다: ${reason}. 입력의 모양과 남은 메모리를 확인하세요.`,
  }),
  'runtime.bad_feed': issue<{ graph: string; name: string; expected: string; got: string }>('usage', {
    en: ({ graph, name, expected, got }) =>
      `graph '${graph}': value '${name}' must be ${expected}, but got ${got}. Feed one tensor of that type and shape.`,
    ko: ({ graph, name, expected, got }) =>
      `그래프 '${graph}': 값 '${name}'에는 ${expected} 텐서가 필요한데 ${got}입니다. 형식과 모양을 맞춰 주세요.`,
  }),
  'runtime.disposed': issue<{ graph: string }>('usage', {
    en: ({ graph }) =>
      `graph '${graph}': a program was run after dispose(), which is not possible. Compile the graph again.`,
    ko: ({ graph }) =>
      `그래프 '${graph}': dispose() 이후에는 실행할 수 없습니다. 그래프를 다시 컴파일하세요.`,
  }),
  'runtime.bad_threads': issue<{ got: unknown }>('usage', {
    en: ({ got }) => `threads: expected a whole number from 1 to 1024, but got ${String(got)}. Correct it.`,
    ko: ({ got }) => `threads: 1 이상 1024 이하의 정수여야 하는데 ${String(got)}입니다. 값을 고쳐 주세요.`,
  }),
  'runtime.unsupported_operator': issue<{ node: string; operator: string }>('usage', {
    en: ({ node, operator }) =>
      `node '${node}': the reference interpreter has no operator ${operator}. Run the graph on onnxruntime.`,
    ko: ({ node, operator }) =>
      `노드 '${node}': 기준 인터프리터에는 ${operator} 연산이 없습니다. onnxruntime에서 실행하세요.`,
  }),
  'runtime.unsupported_setting': issue<{
    node: string;
    operator: string;
    setting: string;
    expected: string;
    got: string;
  }>('usage', {
    en: ({ node, operator, setting, expected, got }) =>
      `node '${node}' (${operator}): the reference interpreter takes ${setting} ${expected}, but got ${got}. Change it or run the graph on onnxruntime.`,
    ko: ({ node, operator, setting, expected, got }) =>
      `노드 '${node}' (${operator}): 기준 인터프리터에서 ${setting} 값은 ${expected} 중 하나여야 하는데 ${got}입니다. 값을 바꾸거나 onnxruntime에서 실행하세요.`,
  }),
  'runtime.missing_operand': issue<{ node: string; operator: string; index: number }>('input', {
    en: ({ node, operator, index }) =>
      `node '${node}' (${operator}): input ${index} is required, but absent. Connect a value to it.`,
    ko: ({ node, operator, index }) =>
      `노드 '${node}' (${operator}): ${index}번 입력이 필요한데 없습니다. 값을 연결하세요.`,
  }),
  'runtime.incompatible_shapes': issue<{
    node: string;
    operator: string;
    shapes: readonly (readonly number[])[];
  }>('input', {
    en: ({ node, operator, shapes }) =>
      `node '${node}' (${operator}): the input shapes ${shapes.map((dims) => `[${dims.join(', ')}]`).join(', ')} do not fit together. Correct the nodes before it.`,
    ko: ({ node, operator, shapes }) =>
      `노드 '${node}' (${operator}): 입력의 모양이 서로 맞지 않습니다: ${shapes.map((dims) => `[${dims.join(', ')}]`).join(', ')}. 앞의 노드를 고쳐 주세요.`,
  }),
  'runtime.index_out_of_range': issue<{ node: string; operator: string; index: number; length: number }>(
    'input',
    {
      en: ({ node, operator, index, length }) =>
        `node '${node}' (${operator}): an index must lie in ${-length} ... ${length - 1}, but got ${index}. Check the values that are fed.`,
      ko: ({ node, operator, index, length }) =>
        `노드 '${node}' (${operator}): 색인은 ${-length} 이상 ${length - 1} 이하여야 하는데 ${index}입니다. 입력 값을 확인하세요.`,
    },
  ),
  'runtime.internal': issue<{ reason: string }>('run', {
    en: ({ reason }) => `runtime: internal error: ${reason}. Please report it.`,
    ko: ({ reason }) => `runtime: 내부 오류: ${reason}. 제보해 주세요.`,
  }),
} as const;
