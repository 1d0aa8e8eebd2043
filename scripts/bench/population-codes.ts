/** Measurements and diagnoses of the bench's patients. */

export interface Measure {
  code: string;
  display: string;
  unit: string;
  middle: number;
  category: 'laboratory' | 'vital-signs';
}

const rows: [code: string, display: string, unit: string, middle: number, category: Measure['category']][] = [
  ['8867-4', 'Heart rate', '/min', 72, 'vital-signs'],
  ['29463-7', 'Body weight', 'kg', 75, 'vital-signs'],
  ['8310-5', 'Body temperature', 'Cel', 37, 'vital-signs'],
  ['9279-1', 'Respiratory rate', '/min', 15, 'vital-signs'],
  ['2339-0', 'Glucose', 'mg/dL', 95, 'laboratory'],
  ['4548-4', 'Hemoglobin A1c', '%', 6, 'laboratory'],
  ['2160-0', 'Creatinine', 'mg/dL', 1, 'laboratory'],
  ['2951-2', 'Sodium', 'mmol/L', 140, 'laboratory'],
  ['2823-3', 'Potassium', 'mmol/L', 4, 'laboratory'],
  ['718-7', 'Hemoglobin', 'g/dL', 14, 'laboratory'],
  ['2093-3', 'Cholesterol', 'mg/dL', 190, 'laboratory'],
  ['33914-3', 'Glomerular filtration rate', 'mL/min', 90, 'laboratory'],
];

export const measures: Measure[] = rows.map(([code, display, unit, middle, category]) => ({
  code,
  display,
  unit,
  middle,
  category,
}));

/** SNOMED CT codes with their meaning. */
export const diagnoses: [code: string, display: string][] = [
  ['38341003', 'Hypertensive disorder'],
  ['44054006', 'Diabetes mellitus type 2'],
  ['195967001', 'Asthma'],
  ['55822004', 'Hyperlipidemia'],
  ['396275006', 'Osteoarthritis'],
  ['35489007', 'Depressive disorder'],
];
