import { ListFilter as FilterIcon } from 'lucide-react';
import Form from 'next/form';
import type { ReactNode } from 'react';
import { ButtonLink } from '../button.tsx';
import { classNames } from '../class-names.ts';
import { SubmitButton } from '../form/submit-button.tsx';

interface ListFilterProps {
  /** Path of the list. */
  list: string;
  /** The filters by the name of the field; '' for one that is not set. */
  query: Readonly<Record<string, string>>;
  submit?: { label: string; icon: ReactNode };
  /** Lays the fields and the buttons out, as a grid. */
  className: string;
  buttonsClassName?: string;
  /** The fields. */
  children: ReactNode;
}

/** The filter form of a list. It is a GET form, so that the filtered list has an address that can be kept. */
export function ListFilter({ list, query, submit, className, buttonsClassName, children }: ListFilterProps) {
  const isNarrowed = Object.values(query).some((value) => value !== '');
  return (
    <search>
      <Form prefetch={false} action={list} className={classNames('grid gap-3 p-4', className)}>
        {children}
        <div className={classNames('flex gap-2', buttonsClassName)}>
          <SubmitButton icon={submit?.icon ?? <FilterIcon aria-hidden />}>{submit?.label ?? 'Filter'}</SubmitButton>
          {isNarrowed ? (
            <ButtonLink variant="quiet" href={list}>
              Clear
            </ButtonLink>
          ) : null}
        </div>
      </Form>
    </search>
  );
}
