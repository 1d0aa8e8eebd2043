'use client';

import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { dateTimeText } from '#components/record/fhir-date.ts';
import { type ValueAxis, valueAxis } from './value-axis.ts';
import { vitalAxis } from './vital-axis.ts';
import type { VitalSeries } from './vital-signs.ts';

interface VitalChartProps {
  series: VitalSeries;
  birthDate: string;
  /** ISO 8601 moment of the page, so that server and browser draw the same. */
  now: string;
  /** First and last measurement of all charts, as FHIR dateTimes: they share one axis. */
  span: readonly [string, string];
}

const strokes = ['var(--color-series-1)', 'var(--color-series-2)', 'var(--color-series-3)'];
const tick = { fill: 'var(--color-muted)', fontSize: 11 };

/** One vital sign over time; its values are also in the table beside it, so the drawing itself is hidden from readers. */
export function VitalChart({ series, birthDate, now, span }: VitalChartProps) {
  const axis = vitalAxis(birthDate, new Date(now));
  const domain = span.map(axis.position);
  const [from = 0, to = 0] = domain;
  const values = valuesAxis(series);
  const data = series.points.map(({ date, values }) => ({ ...values, date, position: axis.position(date) }));
  return (
    <div aria-hidden className="h-36 text-xs tabular-nums">
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height: 144 }}>
        <LineChart data={data} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--color-line)" vertical={false} />
          <XAxis
            dataKey="position"
            type="number"
            domain={domain}
            ticks={axis.ticks(from, to)}
            tickFormatter={axis.label}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: 'var(--color-line)' }}
            minTickGap={24}
          />
          <YAxis
            width={44}
            domain={values.domain}
            ticks={values.ticks}
            tickFormatter={values.label}
            interval={0}
            tick={tick}
            tickLine={false}
            axisLine={false}
          />
          <Tooltip isAnimationActive={false} content={({ payload }) => <Reading series={series} payload={payload} />} />
          {series.lines.map((line, index) => (
            <Line
              key={line.code}
              dataKey={line.code}
              stroke={strokes[index] ?? strokes[0]}
              strokeWidth={1.75}
              dot={{ r: 2.25, strokeWidth: 0, fill: strokes[index] ?? strokes[0] }}
              activeDot={{ r: 4, strokeWidth: 0 }}
              isAnimationActive={false}
              connectNulls
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}

/** One axis for all lines of the chart. */
function valuesAxis({ points, leastSpan, unit }: VitalSeries): ValueAxis {
  const values = points.flatMap((point) => Object.values(point.values));
  return valueAxis(values, { leastSpan, ceiling: unit === '%' ? 100 : undefined });
}

interface ReadingProps {
  series: VitalSeries;
  payload: readonly { payload?: { date?: string } & Record<string, unknown> }[];
}

function Reading({ series, payload }: ReadingProps) {
  const point = payload[0]?.payload;
  if (!point) return null;
  const values = series.lines.map(({ code }) => String(point[code] ?? '–')).join('/');
  return (
    <div className="rounded-sm border border-line bg-raised px-2 py-1 shadow-popup">
      <p className="font-semibold">
        {values} {series.unit}
      </p>
      <p className="text-muted">{dateTimeText(point.date)}</p>
    </div>
  );
}
