/** The vertical axis of a chart: its domain and its ticks. */
export interface ValueAxis {
  domain: [lowest: number, highest: number];
  /** Round values from one end of the domain to the other. */
  ticks: number[];
  /** A tick with as many decimals as the step needs. */
  label: (tick: number) => string;
}

interface AxisRules {
  /**
   * The least span of the axis as a share of the highest value, so that a small change does not look like a large one.
   */
  leastSpan: number;
  /** A limit that no value exceeds, such as 100 for percentages. */
  ceiling?: number | undefined;
}

const maxSteps = 4;
const roundSteps = [1, 2, 5, 10];

function roundStep(span: number): number {
  const decade = 10 ** Math.floor(Math.log10(span / maxSteps));
  const step = roundSteps.find((one) => one * decade * maxSteps >= span) ?? 10;
  return step * decade;
}

/**
 * Widens the range of values around its middle to the least span. It grows downwards instead of above the ceiling, and
 * stops at zero when no value is negative.
 */
function widen(values: readonly number[], { leastSpan, ceiling = Number.POSITIVE_INFINITY }: AxisRules) {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(highest - lowest, Math.abs(highest) * leastSpan) || 1;
  const top = Math.min((lowest + highest + span) / 2, Math.max(ceiling, highest));
  const floor = lowest < 0 ? Number.NEGATIVE_INFINITY : 0;
  return { bottom: Math.max(Math.min(lowest, top - span), floor), top, span };
}

/** An axis with round ends for the values of one chart, of which there must be at least one. */
export function valueAxis(values: readonly number[], rules: AxisRules): ValueAxis {
  const { bottom, top, span } = widen(values, rules);
  const step = roundStep(span);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const [first, last] = [Math.floor(bottom / step + 1e-9), Math.ceil(top / step - 1e-9)];
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toFixed(decimals)),
  );
  return { domain: [ticks.at(0) ?? bottom, ticks.at(-1) ?? top], ticks, label: (tick) => tick.toFixed(decimals) };
}
