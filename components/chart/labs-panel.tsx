import type { DiagnosticReport, Observation } from 'fhir/r4';
import { dateText } from '#components/record/fhir-date.ts';
import { Badge, type Tone } from '#components/ui/badge.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { type Column, DataTable } from '#components/ui/table/data-table.tsx';
import { type Abnormality, type LabRow, labPanels } from './lab-results.ts';
import { Sparkline } from './sparkline.tsx';

const flags: Record<Abnormality, { tone: Tone; text: string }> = {
  high: { tone: 'warning', text: 'High' },
  low: { tone: 'warning', text: 'Low' },
  abnormal: { tone: 'warning', text: 'Abnormal' },
  critical: { tone: 'danger', text: 'Critical' },
};

function Flag({ abnormality }: { abnormality: Abnormality | undefined }) {
  if (!abnormality) return null;
  const { tone, text } = flags[abnormality];
  return <Badge tone={tone}>{text}</Badge>;
}

/** A LOINC name, whose property and specimen, which follow the analyte, are printed in a lighter colour. */
function TestName({ name }: { name: string }) {
  const [analyte, ...rest] = name.split(/(?= \[)/);
  return (
    <span className="break-words">
      <span className="font-medium">{analyte}</span>
      <span className="text-sm text-muted">{rest.join('')}</span>
    </span>
  );
}

const columns: readonly Column<LabRow>[] = [
  {
    key: 'name',
    header: 'Test',
    cell: ({ name }) => <TestName name={name} />,
    className: 'sm:w-[36%]',
  },
  {
    key: 'value',
    header: 'Latest',
    className: 'sm:w-[24%]',
    cell: ({ value, abnormality }) => (
      <span className="inline-flex flex-wrap items-center gap-2 tabular-nums">
        {value} <Flag abnormality={abnormality} />
      </span>
    ),
  },
  {
    key: 'range',
    header: 'Reference',
    cell: ({ range }) => <span className="text-muted tabular-nums">{range || '–'}</span>,
  },
  { key: 'trend', header: 'Trend', cell: ({ trend }) => <Sparkline values={trend} />, hideOnPhone: true },
  { key: 'date', header: 'Date', cell: ({ date }) => dateText(date), className: 'tabular-nums lg:whitespace-nowrap' },
];

interface LabsPanelProps {
  observations: readonly Observation[];
  reports: readonly DiagnosticReport[];
}

/** Laboratory results by panel: latest value, flag, reference range and trend of each test. */
export function LabsPanel({ observations, reports }: LabsPanelProps) {
  const panels = labPanels(observations, reports);
  return (
    <Panel id="labs" title="Laboratory results" flush>
      {panels.length === 0 ? <p className="px-4 py-2.5 text-muted">No laboratory results</p> : null}
      {panels.map(({ title, rows }) => (
        <section key={title} className="border-line not-first:border-t">
          <h3 className="px-4 pt-2.5 pb-1.5 text-sm font-semibold text-muted">{title}</h3>
          <DataTable fixed caption={title} columns={columns} rows={rows} rowKey={({ key }) => key} />
        </section>
      ))}
    </Panel>
  );
}
