import { openPage } from '../../page/open-page.ts';
import Doctor from './Doctor.svelte';
import { doctorSchema } from './state.ts';

openPage('doctor', doctorSchema, Doctor);
