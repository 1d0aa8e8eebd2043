import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Link } from './link.tsx';
import { PendingMark } from './pending-mark.tsx';

type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
type ButtonSize = 'small' | 'medium' | 'large';

export interface ButtonLook {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  /** Placed before the text; give it `aria-hidden`. */
  icon?: ReactNode;
}

const variants: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border-line-strong/60 bg-surface text-ink hover:bg-hover',
  quiet: 'border-transparent bg-transparent text-accent-text hover:bg-hover',
  danger: 'border-transparent bg-danger text-on-accent hover:bg-danger-hover',
};

const sizes: Record<ButtonSize, string> = {
  small: 'min-h-7 px-2.5 text-sm [&_svg]:size-3.5',
  medium: 'min-h-8 px-3 text-base [&_svg]:size-4',
  large: 'min-h-10 px-4 text-lg [&_svg]:size-5',
};

/** The classes of a button, for elements of other libraries that must look like one. */
export function buttonClass({ variant = 'primary', size = 'medium' }: ButtonLook = {}, className?: string): string {
  return classNames(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-sm border font-medium whitespace-nowrap',
    'transition-colors select-none pointer-coarse:min-h-10 [&_svg]:shrink-0',
    'disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-muted',
    variants[variant],
    sizes[size],
    className,
  );
}

type ButtonProps = ComponentProps<'button'> & ButtonLook;

/** A button for an action on this page; its `type` is `button` by default. */
export function Button({ variant, size, icon, className, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} className={buttonClass({ variant, size }, className)}>
      {icon}
      {children}
    </button>
  );
}

type ButtonLinkProps = ComponentProps<typeof Link> & ButtonLook;

/** A link that looks like a button; for going somewhere, never for changing something. */
export function ButtonLink({ variant, size, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={buttonClass({ variant, size }, className)}>
      {icon}
      {children}
      <PendingMark />
    </Link>
  );
}
