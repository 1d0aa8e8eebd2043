import { dateTimeText, newestFirst } from '#components/record/fhir-date.ts';
import { DataTable } from '#components/ui/table/data-table.tsx';
import type { VitalPoint, VitalSeries } from './vital-signs.ts';

/** The values of one point in the order of the chart's lines: `120/80`. */
export function pointText(series: VitalSeries, point: VitalPoint | undefined): string {
  return series.lines.map(({ code }) => point?.values[code] ?? '–').join('/');
}

interface Row {
  date: string;
  texts: Readonly<Record<string, string>>;
}

/** The values of the vital-sign charts as a table, by date, newest first. */
export function VitalTable({ series }: { series: readonly VitalSeries[] }) {
  const cells = series.flatMap((one) =>
    one.points.map((point) => ({ date: point.date, key: one.key, text: pointText(one, point) })),
  );
  const rows: Row[] = [...Map.groupBy(cells, ({ date }) => date)].map(([date, at]) => ({
    date,
    texts: Object.fromEntries(at.map(({ key, text }) => [key, text])),
  }));
  return (
    <DataTable
      caption="Vital signs by date"
      rows={newestFirst(rows, ({ date }) => date)}
      rowKey={({ date }) => date}
      columns={[
        {
          key: 'date',
          header: 'Date',
          cell: ({ date }: Row) => <span className="whitespace-nowrap">{dateTimeText(date)}</span>,
        },
        ...series.map((one) => ({
          key: one.key,
          header: `${one.short} (${one.unit})`,
          numeric: true,
          className: 'sm:px-1.5',
          cell: ({ texts }: Row) => texts[one.key] ?? '',
        })),
      ]}
    />
  );
}
