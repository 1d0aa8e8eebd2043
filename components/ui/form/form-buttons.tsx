import { ButtonLink } from '../button.tsx';
import { SubmitButton } from './submit-button.tsx';

interface FormButtonsProps {
  /** The labels of the submit button, before and during the submission. */
  submit: string;
  pending: string;
  /** The address of the other button. */
  backHref: string;
  back?: string;
}

/** The buttons below a form on a page of its own: one to submit it, one to leave. */
export function FormButtons({ submit, pending, backHref, back = 'Cancel' }: FormButtonsProps) {
  return (
    <div className="flex flex-wrap gap-2">
      <SubmitButton pendingLabel={pending}>{submit}</SubmitButton>
      <ButtonLink variant="secondary" href={backHref}>
        {back}
      </ButtonLink>
    </div>
  );
}
