/** Runs in the browser: numbers of PyTorch as text, for torch.test.ts to compare with Node's. */
import { torchNumbers } from './torch-draws.ts';

(globalThis as unknown as { torchNumbers: typeof torchNumbers }).torchNumbers = torchNumbers;
