import { Panel } from '#components/ui/panel.tsx';
import { type Column, DataTable } from '#components/ui/table/data-table.tsx';
import type { ImportProblem } from './import-requests.ts';

const columns: Column<ImportProblem & { key: string }>[] = [
  { key: 'file', header: 'File', cell: ({ file }) => <span className="break-all">{file}</span>, className: 'sm:w-2/5' },
  {
    key: 'path',
    header: 'Where',
    cell: ({ path }) => <code className="break-all">{path}</code>,
    className: 'sm:w-1/5',
  },
  { key: 'reason', header: 'Why', cell: ({ reason }) => <span className="break-words">{reason}</span> },
];

/** The problems of an import. Renders nothing when there are none. */
export function ProblemTable({ problems }: { problems: ImportProblem[] }) {
  if (problems.length === 0) return null;
  const rows = problems.map((problem, index) => ({ ...problem, key: String(index) }));
  return (
    <Panel id="problems" title="Not imported" badge={<FirstOnly count={problems.length} />} flush>
      <DataTable caption="What did not go in, and why" columns={columns} rows={rows} rowKey={({ key }) => key} fixed />
    </Panel>
  );
}

/** A note that only the first problems are listed, when there are as many as are stored. */
function FirstOnly({ count }: { count: number }) {
  return count < 100 ? null : <span className="text-muted">the first {count} mistakes</span>;
}
