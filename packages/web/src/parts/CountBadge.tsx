import { clsx } from 'clsx'
import { number } from './format.ts'

interface Props {
  count: number
  /** `accent`: it waits for somebody. */
  tone?: 'quiet' | 'accent' | 'bad'
  /** Larger ones are written `99+`. */
  most?: number
}

const TONES = {
  quiet: 'bg-press text-ink-2',
  accent: 'bg-accent text-on-accent',
  bad: 'bg-bad-soft text-bad',
}

/** A number beside a name. Say in the name's label what is counted, where it is not plain. */
export function CountBadge({ count, tone = 'quiet', most = 99 }: Props) {
  return (
    <span
      className={clsx(
        'tnum inline-flex h-4 min-w-4 items-center justify-center rounded-full px-1 text-2xs leading-none font-semibold',
        TONES[tone],
      )}
    >
      {count > most ? `${number(most)}+` : number(count)}
    </span>
  )
}
