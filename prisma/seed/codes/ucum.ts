import type { Quantity } from 'fhir/r4';
import { systems } from './coding.ts';

/** Every unit in the data: its UCUM code, and the text shown to readers. @see https://ucum.org/ucum */
export const units = {
  cm: 'cm',
  kg: 'kg',
  g: 'g',
  'kg/m2': 'kg/m2',
  'mm[Hg]': 'mmHg',
  '/min': '/min',
  Cel: '°C',
  '%': '%',
  wk: 'weeks',
  '{score}': 'score',
  'mg/dL': 'mg/dL',
  'g/dL': 'g/dL',
  'ug/dL': 'ug/dL',
  'mg/g{creat}': 'mg/g creatinine',
  'mmol/L': 'mmol/L',
  'U/L': 'U/L',
  'm[IU]/L': 'mIU/L',
  '10*3/uL': '10*3/uL',
  '10*6/uL': '10*6/uL',
  fL: 'fL',
  pg: 'pg',
  'mL/min/{1.73_m2}': 'mL/min/1.73 m2',
} as const;

export type Unit = keyof typeof units;

/** A quantity in a UCUM unit. */
export function quantity(value: number, unit: Unit): Quantity {
  return { value, unit: units[unit], system: systems.ucum, code: unit };
}
