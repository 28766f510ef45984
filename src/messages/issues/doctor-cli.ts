import { issue } from '../define.ts';

export const doctorCliIssues = {
  'doctor.ends_unknown': issue<{ network: string }>('usage', {
    en: ({ network }) =>
      `${network}: the number of inputs and outputs has to be in the network (784-128x50-10:tanh, 28x28-c16-p-10) or come from --data.`,
    ko: ({ network }) =>
      `${network}: 입력과 출력의 개수를 표기에 쓰거나(784-128x50-10:tanh, 28x28-c16-p-10) --data로 알려 주세요.`,
  }),
  'doctor.start_for_file': issue<{ file: string }>('usage', {
    en: ({ file }) =>
      `--start: ${file} has weights of its own. Leave --start out, or give new weights with: outset init ${file} --rule NAME -o NEW`,
    ko: ({ file }) =>
      `--start: ${file} 파일에는 이미 가중치가 있습니다. --start를 빼거나 outset init ${file} --rule NAME -o NEW 명령으로 새 가중치를 주세요.`,
  }),
  'doctor.network_for_spec': issue<{ model: string }>('usage', {
    en: ({ model }) =>
      `--network: ${model} is a network already. --network is for files that hold weights alone (.safetensors, .npz).`,
    ko: ({ model }) =>
      `--network: ${model} 자체가 신경망 표기입니다. --network는 가중치만 든 파일(.safetensors, .npz)에 쓰는 옵션입니다.`,
  }),
  'doctor.cannot_write': issue<{ file: string; expected: string }>('usage', {
    en: ({ file, expected }) =>
      `-o ${file}: the mended weights of this model can be written as ${expected} only. Name the file so.`,
    ko: ({ file, expected }) =>
      `-o ${file}: 이 모델의 가중치는 ${expected} 형식으로만 쓸 수 있습니다. 파일 이름을 그에 맞게 바꾸세요.`,
  }),
  'doctor.cannot_rewrite': issue<{ model: string }>('usage', {
    en: ({ model }) =>
      `-o: the weights of ${model} cannot be written back in its format. Use --fix without -o and write the code that it shows.`,
    ko: ({ model }) =>
      `-o: ${model}의 가중치는 같은 형식으로 다시 쓸 수 없습니다. -o 없이 --fix를 쓰고, 보여 주는 코드를 적용하세요.`,
  }),
} as const;
