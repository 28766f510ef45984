import { openPage } from '../../page/open-page.ts';
import Rbm from './Rbm.svelte';
import { rbmSchema } from './state.ts';

openPage('rbm', rbmSchema, Rbm);
