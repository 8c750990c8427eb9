/** A tab; also a link that stands among links as one, with `aria-current`. */
export const TAB =
  'relative flex h-9 shrink-0 items-center gap-1.5 rounded-md px-2 font-medium whitespace-nowrap text-ink-2 -outline-offset-2 select-none hover:text-ink ' +
  'after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:rounded-full data-[active]:text-ink data-[active]:after:bg-accent ' +
  'aria-[current=page]:text-ink aria-[current=page]:after:bg-accent pointer-coarse:h-11'
