import { Pagination } from '#components/ui/table/pagination.tsx';
import type { FoundPatients } from '#lib/data/chart/patients.ts';
import { addressOf, type ListRequest } from './list-request.ts';
import { patientsPerPage } from './page-size.ts';

interface ListPagesProps {
  /** Path of the list. */
  list: string;
  request: ListRequest;
  found: FoundPatients;
}

/** Links to the previous and the next page of the patient list; none on a page without patients. */
export function ListPages({ list, request, found: { patients, total, next } }: ListPagesProps) {
  const { page, trail } = request;
  if (patients.length === 0) return null;
  const before = (page - 1) * patientsPerPage;
  const to = (step: number, cursors: readonly string[]) =>
    addressOf(list, { ...request, page: page + step, trail: cursors });
  return (
    <Pagination
      label="Patients"
      range={{ from: before + 1, to: before + patients.length, total }}
      previousHref={trail.length > 0 ? to(-1, trail.slice(0, -1)) : undefined}
      nextHref={next ? to(1, [...trail, next]) : undefined}
    />
  );
}
