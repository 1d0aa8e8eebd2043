import names from './data/names.json' with { type: 'json' };
import { personas } from './data/personas.ts';
import places from './data/places.json' with { type: 'json' };
import type { Heritage, Person, Sex, Smoking } from './person/person.ts';
import { plusDays, plusYears, startOfMinute } from './value/calendar.ts';
import type { Curve } from './value/interpolate.ts';
import { interpolate } from './value/interpolate.ts';
import type { Random } from './value/random.ts';

const heritageShares: readonly (readonly [Heritage, number])[] = [
  ['european', 0.56],
  ['hispanic', 0.74],
  ['african', 0.87],
  ['asian', 0.97],
  ['native', 1],
];

/** Age in years by rank in the population; slightly older than the general population, as patients are. */
const agesByRank: Curve = [
  [0, 0.1],
  [0.06, 1.5],
  [0.24, 17],
  [0.42, 35],
  [0.62, 52],
  [0.8, 67],
  [0.95, 84],
  [1, 94],
];

/**
 * Rank in [0, 1) of a patient. The golden ratio spreads consecutive numbers, so that any run of patients covers all
 * ages.
 */
function rankOf(number: number, random: Random): number {
  return (number * 0.618_033_988_75 + random.between(0, 0.05)) % 1;
}

function drawHeritage(random: Random): Heritage {
  const share = random.between(0, 1);
  return heritageShares.find(([, upTo]) => share < upTo)?.[0] ?? 'european';
}

function drawSmoking(random: Random, age: number): Smoking {
  if (age < 18) {
    return 'never';
  }
  const share = random.between(0, 1);
  return share < 0.13 ? 'daily' : share < 0.35 ? 'former' : 'never';
}

function drawAddress(random: Random): Person['address'] {
  const street = `${random.integer(12, 7890)} ${random.pick(places.streets)}`;
  const line = random.chance(0.2) ? [street, `Apt ${random.integer(1, 40)}`] : [street];
  return { line, ...random.pick(places.cities), state: 'WI', country: 'US' };
}

function drawGiven(random: Random, heritage: Heritage, sex: Sex): string[] {
  const first = random.pick(names[heritage][sex]);
  const middle = random.pick(names[heritage][sex]);
  return middle === first || random.chance(0.3) ? [first] : [first, middle];
}

/** Person `number` of a population; depends on the number and the random stream, not on the size of the population. */
export function createPerson(number: number, random: Random, now: Date): Person {
  const age = interpolate(agesByRank, rankOf(number, random));
  const heritage = drawHeritage(random);
  const sex = random.chance(0.52) ? 'female' : 'male';
  const drawn: Person = {
    id: `p${number}`,
    number,
    sex,
    birth: startOfMinute(plusDays(plusYears(now, -age), -random.between(0, 1))),
    given: drawGiven(random, heritage, sex),
    family: random.pick(names[heritage].family),
    heritage,
    language: heritage === 'hispanic' && random.chance(0.4) ? 'es' : 'en',
    address: drawAddress(random),
    phone: `608-555-01${String(random.integer(0, 99)).padStart(2, '0')}`,
    stature: { height: random.normal(0, 0.9), weight: random.normal(0.1, 0.9), head: random.normal(0, 0.9) },
    smoking: drawSmoking(random, age),
    problems: [],
  };
  const persona = personas[number - 1];
  return persona ? { ...drawn, ...persona.traits, birth: startOfMinute(plusYears(now, -persona.age)) } : drawn;
}
