import { openPage } from '../../page/open-page.ts';
import Dbn from './Dbn.svelte';
import { dbnSchema } from './state.ts';

openPage('dbn', dbnSchema, Dbn);
