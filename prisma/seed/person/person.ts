import type { ProblemKey } from '../codes/problems.ts';

export type Heritage = 'european' | 'hispanic' | 'african' | 'asian' | 'native';
export type Sex = 'female' | 'male';
export type Smoking = 'never' | 'former' | 'daily';

/** What is given about one make-believe person; the record grows from it. */
export interface Person {
  id: string;
  /** 1, 2, 3 … in the order of generation. */
  number: number;
  sex: Sex;
  birth: Date;
  given: string[];
  family: string;
  heritage: Heritage;
  language: 'en' | 'es';
  address: { line: string[]; city: string; state: string; postalCode: string; country: string };
  phone: string;
  /** Standard deviations from the median of age and sex; constant through life, hence smooth growth curves. */
  stature: { height: number; weight: number; head: number };
  smoking: Smoking;
  /** Problems this person has for certain, whatever chance says. */
  problems: readonly ProblemKey[];
}
