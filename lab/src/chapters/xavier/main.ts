import { openPage } from '../../page/open-page.ts';
import { xavierSchema } from './state.ts';
import Xavier from './Xavier.svelte';

openPage('xavier', xavierSchema, Xavier);
