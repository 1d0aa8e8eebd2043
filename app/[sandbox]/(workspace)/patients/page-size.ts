/** The number of patients on a page of the list. */
export const patientsPerPage = 25;
