import type { Person } from '../person/person.ts';

/**
 * A patient with a readable id whom every sandbox has; personas are patients number 1, 2, 3 … Ages are in years at
 * `now`.
 */
interface Persona {
  age: number;
  traits: Partial<Person> & Pick<Person, 'id'>;
}

/** Age of `Patient/BILIBABY` in hours. */
const bilibabyAgeHours = 93;

export const personas: readonly Persona[] = [
  {
    age: bilibabyAgeHours / 24 / 365.25,
    traits: {
      id: 'BILIBABY',
      sex: 'female',
      given: ['Lily', 'Rose'],
      family: 'Kowalczyk',
      heritage: 'european',
      language: 'en',
      stature: { height: 0.2, weight: 0.3, head: 0.1 },
    },
  },
  {
    age: 54.3,
    traits: {
      id: 'maria-gonzalez',
      sex: 'female',
      given: ['María', 'Elena'],
      family: 'González',
      heritage: 'hispanic',
      language: 'es',
      smoking: 'never',
      stature: { height: -0.4, weight: 1.3, head: 0 },
      problems: ['diabetes', 'hypertension', 'hyperlipidemia'],
    },
  },
  {
    age: 7.6,
    traits: {
      id: 'noah-nguyen',
      sex: 'male',
      given: ['Noah', 'Minh'],
      family: 'Nguyen',
      heritage: 'asian',
      language: 'en',
      smoking: 'never',
      stature: { height: 0.3, weight: 0.1, head: 0 },
      problems: ['asthma', 'eczema'],
    },
  },
  {
    age: 33.8,
    traits: {
      id: 'emma-larsson',
      sex: 'female',
      given: ['Emma', 'Charlotte'],
      family: 'Larsson',
      heritage: 'european',
      language: 'en',
      smoking: 'never',
      stature: { height: 0.8, weight: 0, head: 0 },
      problems: ['depression', 'migraine', 'hypothyroidism'],
    },
  },
  {
    age: 72.1,
    traits: {
      id: 'walter-obrien',
      sex: 'male',
      given: ['Walter', 'James'],
      family: "O'Brien",
      heritage: 'european',
      language: 'en',
      smoking: 'former',
      problems: ['copd', 'atrialFibrillation', 'hypertension', 'kidneyDisease', 'heartFailure'],
    },
  },
  {
    age: 95.2,
    traits: {
      id: 'ruth-washington',
      sex: 'female',
      given: ['Ruth', 'Bernice'],
      family: 'Washington',
      heritage: 'african',
      language: 'en',
      smoking: 'never',
      problems: ['osteoarthritis', 'hypertension'],
    },
  },
];
