import { label, sentence } from '../define.ts';

/** Help and output of `outset lab`. */
export const labCliLabels = {
  lab: sentence(
    'open the lab: the lecture alive in the browser, served from this machine, without the net',
    '실험실을 엽니다: 브라우저에서 직접 만져 보는 강의. 이 컴퓨터에서 바로 열리며 인터넷이 필요 없습니다',
  ),
  port: sentence('port to listen on; 0 for any free one', '사용할 포트. 0이면 비어 있는 포트'),
  host: sentence(
    'address to listen on; others on the network can look on with 0.0.0.0',
    '사용할 주소. 0.0.0.0으로 두면 같은 네트워크의 다른 사람도 볼 수 있습니다',
  ),
  listening: label<{ address: string }>({
    en: ({ address }) => `The lab is open: ${address}\nStop it with Ctrl-C.`,
    ko: ({ address }) => `실험실이 열렸습니다: ${address}\nCtrl-C를 누르면 닫힙니다.`,
  }),
  withoutEngine: sentence(
    'onnxruntime-web is not installed: figures that train on MNIST will ask for it (npm install onnxruntime-web).',
    'onnxruntime-web이 설치되어 있지 않습니다. MNIST로 학습하는 그림에는 이 패키지가 필요합니다(npm install onnxruntime-web).',
  ),
} as const;
