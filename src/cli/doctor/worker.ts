import { serveTask } from '../task/serve-task.ts';
import { examine } from './examine.ts';
import type { DoctorNews, DoctorOutcome, DoctorTask } from './protocol.ts';

serveTask<DoctorTask, DoctorNews, DoctorOutcome>(examine);
