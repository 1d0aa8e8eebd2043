import { invalid, quote } from '../fhir-error.ts';
import { comparableUnits } from '../value/ucum.ts';
import { partsOf } from './value.ts';

/** A distance in metres around a point on the earth's surface, in degrees (WGS84). */
export interface NearValue {
  latitude: number;
  longitude: number;
  metres: number;
}

/** Distance when none is given: a city and its surroundings. */
const defaultMetres = 25_000;

/** Units accepted as people write them; UCUM has several miles. */
const asWritten = new Map<string, string>(Object.entries<string>({ mi: '[mi_i]' }));

/**
 * Reads `latitude|longitude|distance|units`. The units are a UCUM length or `mi`, and default to kilometres; the
 * distance defaults to 25 km.
 * @throws FhirError 400 that says which part is wrong.
 * @see https://hl7.org/fhir/R4/location.html#search
 */
export function parseNear(text: string): NearValue {
  const [latitude, longitude, distance = '', units = '', ...more] = partsOf(text);
  if (latitude === undefined || longitude === undefined || more.length > 0) {
    throw invalid(`${quote(text)} is not a place for "near", which is latitude|longitude|distance|units.`);
  }
  return {
    latitude: degreesOf('latitude', latitude, 90),
    longitude: degreesOf('longitude', longitude, 180),
    metres: distance === '' ? defaultMetres : numberOf('distance', distance) * metresIn(units || 'km'),
  };
}

function degreesOf(part: string, text: string, max: number): number {
  const degrees = numberOf(part, text);
  if (Math.abs(degrees) <= max) return degrees;
  throw invalid(`The ${part} of "near" lies between -${max} and ${max} degrees, which ${quote(text)} does not.`);
}

function numberOf(part: string, text: string): number {
  const form = part === 'distance' ? /^\d{1,30}(\.\d{1,30})?$/ : /^-?\d{1,30}(\.\d{1,30})?$/;
  if (!form.test(text)) throw invalid(`The ${part} of "near" is a decimal number, not ${quote(text)}.`);
  return Number(text);
}

function metresIn(units: string): number {
  const [unit, ...others] = comparableUnits(asWritten.get(units) ?? units);
  if (unit && others.some(({ code }) => code === 'm' || code === 'km')) {
    return Number(unit.numerator) / Number(unit.denominator);
  }
  throw invalid(`The units of "near" are a length, such as km, m, mi or [mi_us], which ${quote(units)} is not.`);
}
