const dayMs = 86_400_000;

/** Whole months between two days; the last month counts only when it is complete. */
function completeMonths(from: Date, to: Date): number {
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  return to.getUTCDate() < from.getUTCDate() ? months - 1 : months;
}

/** Age in years at `at`, with fractions, for axes. */
export function yearsAt(birthDate: string, at: Date): number {
  return (at.getTime() - Date.parse(birthDate)) / (365.2425 * dayMs);
}

/**
 * Age at `at` in the unit that clinicians use: days to 4 weeks, weeks to 3 months, months to 2 years, then years.
 * Answers '' for a birth date that cannot be read or lies ahead.
 */
export function ageText(birthDate: string | undefined, at: Date): string {
  const born = new Date(birthDate ?? '');
  const days = Math.floor((at.getTime() - born.getTime()) / dayMs);
  if (Number.isNaN(days) || days < 0) return '';
  const months = completeMonths(born, at);
  if (days < 28) return days === 1 ? '1 day' : `${days} days`;
  if (months < 3) return `${Math.floor(days / 7)} weeks`;
  if (months < 24) return `${months} months`;
  return `${Math.floor(months / 12)} years`;
}
