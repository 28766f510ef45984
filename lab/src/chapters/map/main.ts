import { openPage } from '../../page/open-page.ts';
import { mapSchema } from './state.ts';
import TheMap from './TheMap.svelte';

openPage('map', mapSchema, TheMap);
