import { classNames } from './class-names.ts';

interface AvatarProps {
  name: string;
  /** An image to show instead of the initials; decorative, since the name is shown beside it. */
  src?: string | undefined;
  size?: 'small' | 'medium' | 'large';
  /** Square for things, round for people. */
  square?: boolean;
}

const sizes = { small: 'size-6 text-xs', medium: 'size-9 text-sm', large: 'size-12 text-lg' };

/** The initials of the first and last word of a name. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.at(0) ?? '');
  return letters.join('').toUpperCase();
}

/** A person's or thing's picture, or its initials. */
export function Avatar({ name, src, size = 'medium', square }: AvatarProps) {
  const look = classNames(
    'inline-flex shrink-0 items-center justify-center overflow-hidden bg-accent-soft font-semibold text-accent-text',
    square ? 'rounded-md' : 'rounded-full',
    sizes[size],
  );
  return (
    <span aria-hidden className={look}>
      {src ? (
        // biome-ignore lint/performance/noImgElement: the address is anyone's; next/image would fetch it from our server
        <img src={src} alt="" loading="lazy" referrerPolicy="no-referrer" className="size-full object-contain" />
      ) : (
        initials(name)
      )}
    </span>
  );
}
