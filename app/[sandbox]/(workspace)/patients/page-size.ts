/** Patients on one page of the list. */
export const patientsPerPage = 25;
