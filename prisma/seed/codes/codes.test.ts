import { describe, expect, it } from 'vitest';
import { dosages } from '../data/dosages.ts';
import { problemTable } from '../data/problem-table.ts';
import { systems } from './coding.ts';
import { vaccineCodes } from './cvx.ts';
import { inpatientProcedureCodes } from './icd10pcs.ts';
import { analyteCodes, loinc, panelCodes } from './loinc.ts';
import { diagnosisCodes, disorderCodes } from './problems.ts';
import { drugCodes, ingredientCodes } from './rxnorm.ts';
import {
  allergenCodes,
  encounterCodes,
  findingCodes,
  procedureCodes,
  reactionCodes,
  roleCodes,
  routeCodes,
  smokingCodes,
} from './snomed.ts';
import { units } from './ucum.ts';

const rows = (...tables: Record<string, { code: string; display: string; system: string }>[]) =>
  tables.flatMap((table) => Object.values(table)).map((row) => [row.code, row.display, row.system] as const);

/** LOINC's check digit, by the mod 10 algorithm. */
function mod10(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/** Whether SNOMED CT's Verhoeff check digit is right; the dihedral group is computed rather than tabled. */
function verhoeff(digits: string): boolean {
  const compose = (a: number, b: number) => {
    const [rotationA, rotationB] = [a % 5, b % 5];
    const rotation = a < 5 ? rotationA + rotationB : rotationA - rotationB + 5;
    return (rotation % 5) + (a < 5 === b < 5 ? 0 : 5);
  };
  const permute = (digit: number, times: number): number =>
    times === 0 ? digit : permute([1, 5, 7, 6, 2, 8, 3, 0, 9, 4][digit] as number, times - 1);
  return [...digits].reverse().reduce((sum, digit, index) => compose(sum, permute(Number(digit), index % 8)), 0) === 0;
}

describe('check digits', () => {
  it('the checks themselves tell right from wrong', () => {
    expect([verhoeff('73211009'), verhoeff('73211008'), verhoeff('37211009')]).toEqual([true, false, false]);
    expect([mod10('8867'), mod10('2951')]).toEqual([4, 2]);
  });

  it.each(rows(loinc, panelCodes, analyteCodes))('LOINC %s %s', (code, _, system) => {
    expect(system).toBe('http://loinc.org');
    const [digits, check] = code.split('-');
    expect(code).toMatch(/^\d{1,7}-\d$/);
    expect(mod10(digits ?? '')).toBe(Number(check));
  });

  it.each(
    rows(
      disorderCodes,
      encounterCodes,
      procedureCodes,
      smokingCodes,
      allergenCodes,
      reactionCodes,
      roleCodes,
      routeCodes,
      findingCodes,
    ),
  )('SNOMED CT %s %s', (code, _, system) => {
    expect(system).toBe('http://snomed.info/sct');
    expect(code).toMatch(/^[1-9]\d{5,17}$/);
    expect(code.at(-3)).toBe('0');
    expect(verhoeff(code)).toBe(true);
  });
});

describe('forms', () => {
  it.each(rows(vaccineCodes))('CVX %s %s', (code) => {
    expect(code).toMatch(/^\d{2,3}$/);
  });

  it.each(rows(drugCodes, ingredientCodes))('RxNorm %s %s', (code) => {
    expect(code).toMatch(/^[1-9]\d{2,7}$/);
  });

  it.each(rows(diagnosisCodes))('ICD-10-CM %s %s', (code) => {
    expect(code).toMatch(/^[A-TV-Z]\d[\dA-Z](\.[\dA-Z]{1,4})?$/);
  });

  it.each(rows(inpatientProcedureCodes))('ICD-10-PCS %s %s', (code) => {
    expect(code).toMatch(/^[\dA-HJ-NP-Z]{7}$/);
  });

  it('no code stands twice in a table with two names', () => {
    for (const table of [disorderCodes, procedureCodes, drugCodes, ingredientCodes, vaccineCodes, analyteCodes]) {
      const codes = rows(table).map(([code]) => code);
      expect(new Set(codes).size).toBe(codes.length);
    }
  });

  it('units are UCUM expressions of known atoms', () => {
    const atom = String.raw`(10\*[36]|m?\[IU\]|mm\[Hg\]|Cel|[mkup]?g|m?mol|[cm]?m2?|[mduf]?L|min|wk|U|%|\{[\w.]+\})`;
    for (const unit of Object.keys(units)) {
      expect(unit).toMatch(new RegExp(`^${atom}?(/${atom}(${atom})?)*$`));
    }
  });
});

describe('tables agree', () => {
  it('every problem has a SNOMED CT and an ICD-10-CM code', () => {
    expect(Object.keys(diagnosisCodes).sort()).toEqual(Object.keys(disorderCodes).sort());
  });

  const traits = Object.values(problemTable);

  it('the problem table names known problems and drugs', () => {
    const problems = [...Object.keys(problemTable), ...traits.flatMap(({ unless }) => unless ?? [])];
    expect(problems.filter((key) => !(key in disorderCodes))).toEqual([]);
    expect(traits.flatMap(({ drugs }) => drugs).filter((drug) => !(drug in dosages))).toEqual([]);
  });

  it.each(Object.entries(problemTable))('%s: ages are in order, shares in 0..1', (_, { prevalence }) => {
    const ages = prevalence.map(([age = Number.NaN]) => age);
    expect(ages).toEqual([...ages].sort((a, b) => a - b));
    expect(prevalence.every(([, share = -1]) => share >= 0 && share <= 1)).toBe(true);
  });

  it('systems are the canonical URLs', () => {
    expect(systems.rxnorm).toBe('http://www.nlm.nih.gov/research/umls/rxnorm');
    expect(systems.cvx).toBe('http://hl7.org/fhir/sid/cvx');
    expect(systems.ucum).toBe('http://unitsofmeasure.org');
  });
});
