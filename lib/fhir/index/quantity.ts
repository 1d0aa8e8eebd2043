import type { TypedValue } from '@medplum/core';
import type { Money, Quantity, Range, SampledData } from 'fhir/r4';
import { indexKey } from '../value/index-text.ts';

/** A number, or the two ends of a range, with its unit both as coded and as written; units are empty when absent. */
export interface IndexedQuantity {
  low: number;
  high: number;
  system: string;
  code: string;
  unit: string;
}

const currencies = 'urn:iso:std:iso:4217';

/** The numbers in a value, each with its unit. @see https://hl7.org/fhir/R4/search.html#quantity */
export function quantitiesOf({ type, value }: TypedValue): IndexedQuantity[] {
  if (typeof value === 'number') return between(value, value);
  if (type === 'Money') return ofMoney(value as Money);
  if (type === 'Range') return ofRange(value as Range);
  if (type === 'SampledData') return ofQuantity((value as SampledData).origin);
  return isQuantity(value) ? ofQuantity(value) : [];
}

/** Whether a value is a Quantity; Age, Count, Distance and Duration are too. */
function isQuantity(value: unknown): value is Quantity {
  return typeof value === 'object' && value !== null && 'value' in value;
}

function ofQuantity(quantity: Quantity): IndexedQuantity[] {
  return between(quantity.value, quantity.value, quantity);
}

function ofRange({ low, high }: Range): IndexedQuantity[] {
  return between(low?.value ?? high?.value, high?.value ?? low?.value, low ?? high);
}

function ofMoney({ value, currency }: Money): IndexedQuantity[] {
  return between(value, value, { system: currencies, code: currency, unit: currency });
}

function between(low?: number, high?: number, { system, code, unit }: Partial<Quantity> = {}): IndexedQuantity[] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [];
  const [systemKey = '', codeKey = '', unitKey = ''] = [system, code, unit].map((text) => indexKey(text ?? ''));
  return [{ low: Number(low), high: Number(high), system: systemKey, code: codeKey, unit: unitKey }];
}
