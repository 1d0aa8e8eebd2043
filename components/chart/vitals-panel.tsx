import type { Observation } from 'fhir/r4';
import { dateText } from '#components/record/fhir-date.ts';
import { Panel } from '#components/ui/panel.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { VitalChart } from './vital-chart.tsx';
import { type VitalSeries, vitalSeries } from './vital-signs.ts';
import { pointText, VitalTable } from './vital-table.tsx';

interface VitalsPanelProps {
  observations: readonly Observation[];
  birthDate: string;
  /** ISO 8601. */
  now: string;
}

/** Vital signs as small charts that share their axis, or as a table. */
export function VitalsPanel({ observations, birthDate, now }: VitalsPanelProps) {
  const series = vitalSeries(observations);
  return (
    <Panel id="vitals" title="Vital signs" flush={series.length === 0}>
      {series.length === 0 ? (
        <p className="px-4 py-2.5 text-muted">No vital signs recorded</p>
      ) : (
        <Tabs
          label="Vital signs as"
          items={[
            { value: 'charts', label: 'Charts', content: <Charts series={series} birthDate={birthDate} now={now} /> },
            { value: 'table', label: 'Table', content: <VitalTable series={series} /> },
          ]}
        />
      )}
    </Panel>
  );
}

function Charts({ series, birthDate, now }: { series: readonly VitalSeries[]; birthDate: string; now: string }) {
  const dates = series.flatMap(({ points }) => points.map(({ date }) => date)).toSorted(byMoment);
  const span = [dates.at(0) ?? now, dates.at(-1) ?? now] as const;
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-3">
      {series.map((one) => (
        <section key={one.key} aria-label={one.title}>
          <div className="flex items-baseline gap-2">
            <h3 className="text-sm font-medium text-muted">{one.title}</h3>
            <Latest series={one} />
          </div>
          <VitalChart series={one} birthDate={birthDate} now={now} span={span} />
        </section>
      ))}
    </div>
  );
}

function Latest({ series }: { series: VitalSeries }) {
  const last = series.points.at(-1);
  return (
    <p className="ml-auto text-right tabular-nums">
      <span className="font-semibold">{pointText(series, last)}</span>{' '}
      <span className="text-sm text-muted">
        {series.unit} · {dateText(last?.date)}
      </span>
    </p>
  );
}

function byMoment(one: string, other: string): number {
  return Date.parse(one) - Date.parse(other);
}
