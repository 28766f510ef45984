import { openPage } from '../../page/open-page.ts';
import Race from './Race.svelte';
import { raceSchema } from './state.ts';

openPage('race', raceSchema, Race);
