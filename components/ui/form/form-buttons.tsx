import { ButtonLink } from '../button.tsx';
import { SubmitButton } from './submit-button.tsx';

interface FormButtonsProps {
  /** What sends the form, and what that button says meanwhile. */
  submit: string;
  pending: string;
  /** Where the other button leads. */
  backHref: string;
  back?: string;
}

/** The buttons below a form on a page of its own: to send it, and to leave it. */
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
