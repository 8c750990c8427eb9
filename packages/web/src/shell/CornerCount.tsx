import { clsx } from 'clsx'

const MOST_SHOWN = 99

/** How many wait, at the corner of an icon. Whoever hears the page hears it in the icon's name. */
export function CornerCount({ count, ring }: { count: number; ring: 'ring-surface' | 'ring-canvas' }) {
  if (count === 0) return null
  return (
    <span
      aria-hidden="true"
      data-count={count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}
      className={clsx(
        'tnum absolute -end-2 -top-2 flex h-4 min-w-4 items-center justify-center rounded-full bg-accent px-1 text-[10px] leading-none font-semibold text-on-accent ring-2 before:content-[attr(data-count)]',
        ring,
      )}
    />
  )
}
