import type { Diagnosis } from '../../doctor/diagnosis.ts';
import { dataTable, paragraphs } from '../html/markup.ts';
import { provenanceTable } from './provenance-table.ts';

/** Where the weights seem to come from, as a table. */
export function provenanceMarkup(diagnosis: Diagnosis): string {
  const { summary, table, notes } = provenanceTable(diagnosis);
  return (
    paragraphs([summary]) +
    `<div class="scroll provenance" tabindex="0" role="region" aria-labelledby="provenance-heading">${dataTable(table)}</div>` +
    paragraphs(notes, 'class="notes"')
  );
}
