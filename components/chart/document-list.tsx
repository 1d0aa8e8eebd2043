import type { DocumentReference } from 'fhir/r4';
import { dateText, newestFirst } from '#components/record/fhir-date.ts';
import { conceptText } from '#components/record/fhir-text.ts';
import { facts, RecordList } from '#components/record/record-list.tsx';

/** Documents by type, newest first. */
export function DocumentList({ documents }: { documents: readonly DocumentReference[] }) {
  const rows = newestFirst(documents, ({ date }) => date).map((document) => ({
    key: document.id ?? '',
    title: document.description || conceptText(document.type) || 'Document',
    detail: facts(dateText(document.date), document.author?.[0]?.display),
  }));
  return <RecordList id="documents" title="Documents" empty="No documents recorded" rows={rows} />;
}
