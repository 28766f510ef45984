import { openPage } from '../../page/open-page.ts';
import Home from './Home.svelte';

openPage('home', {}, Home);
