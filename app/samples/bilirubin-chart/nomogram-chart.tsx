'use client';

import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceDot,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import styles from './bilirubin.module.css';
import { bandsAt, chartRows, chartTop } from './chart-rows.ts';
import { ChartTip } from './chart-tip.tsx';
import type { CoursePoint } from './course.ts';
import { lastHour, zoneNames, zones } from './nomogram.ts';
import { chartSummary } from './words.ts';

const hourTicks = [0, 24, 48, 72, 96, 120, 144];
const upperLimits = { low: '40th', 'low-intermediate': '75th', 'high-intermediate': '95th', high: '' };
const axisText = { fill: 'var(--ink-2)', fontSize: 12 };

/** The nomogram with the patient's values over it. */
export function NomogramChart({ course }: { course: CoursePoint[] }) {
  const top = chartTop(course);
  return (
    <figure className={styles.figure} aria-labelledby="nomogram-title">
      <figcaption className={styles.caption}>
        <h2 id="nomogram-title">Hour-specific nomogram</h2>
        <p>{chartSummary(course)}</p>
      </figcaption>
      <div className={styles.plot}>
        <ResponsiveContainer width="100%" height="100%">
          <ComposedChart
            data={chartRows(course)}
            margin={{ top: 8, right: 36, bottom: 22, left: 0 }}
            title="Total bilirubin in mg/dL by hours of life"
            desc={chartSummary(course)}
          >
            {bands()}
            <CartesianGrid stroke="var(--grid)" />
            <XAxis
              dataKey="hours"
              type="number"
              domain={[0, lastHour]}
              ticks={hourTicks}
              tick={axisText}
              stroke="var(--axis)"
              label={{ value: 'Hours of life', position: 'insideBottom', offset: -14, ...axisText }}
            />
            <YAxis
              type="number"
              domain={[0, top]}
              tickCount={top / 5 + 1}
              width={44}
              tick={axisText}
              stroke="var(--axis)"
              label={{ value: 'mg/dL', position: 'insideTopLeft', offset: 10, dx: 40, ...axisText }}
            />
            {edgeLabels(top)}
            <Tooltip content={ChartTip} isAnimationActive={false} />
            <Line
              dataKey="value"
              type="linear"
              connectNulls
              isAnimationActive={false}
              stroke="var(--series)"
              strokeWidth={2.5}
              dot={{ r: 5, fill: 'var(--series)', stroke: 'var(--surface)', strokeWidth: 2 }}
              activeDot={{ r: 7 }}
            />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

function bands() {
  return zones.map((zone) => (
    <Area
      key={zone}
      dataKey={zone}
      type="linear"
      isAnimationActive={false}
      fill={`var(--zone-${zone})`}
      fillOpacity={1}
      stroke="var(--track)"
      strokeWidth={1}
      activeDot={false}
      connectNulls
    />
  ));
}

/** Names at the right edge: inside, the zones; outside, the percentile each track stands for. */
function edgeLabels(top: number) {
  const bandsAtEnd = bandsAt(lastHour, top);
  return zones.flatMap((zone) => {
    const [from, to] = bandsAtEnd[zone] ?? [0, 0];
    const y = zone === 'low' ? to - 1.4 : zone === 'high' ? from + 1.4 : (from + to) / 2;
    const label = { position: 'left', fill: 'var(--zone-ink)', fontSize: 12 } as const;
    const track = { ...axisText, position: 'right', fontSize: 11 } as const;
    return [
      <ReferenceDot key={zone} x={lastHour} y={y} r={0} label={{ ...label, value: zoneNames[zone] }} />,
      <ReferenceDot key={`${zone} limit`} x={lastHour} y={to} r={0} label={{ ...track, value: upperLimits[zone] }} />,
    ];
  });
}
