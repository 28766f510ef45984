import { openPage } from '../../page/open-page.ts';
import { zeroSchema } from './state.ts';
import Zero from './Zero.svelte';

openPage('zero', zeroSchema, Zero);
