/** The ring of everything that is written or chosen in: one line, accent with the keyboard, red when it is wrong. */
export const FIELD_RING =
  'rounded-md bg-surface text-sm text-ink shadow-[inset_0_0_0_1px_var(--line-strong)] outline-none transition-shadow dark:bg-raised ' +
  'hover:shadow-[inset_0_0_0_1px_var(--ink-3)] focus-within:shadow-[inset_0_0_0_1.5px_var(--accent)] focus-visible:shadow-[inset_0_0_0_1.5px_var(--accent)] ' +
  'aria-invalid:shadow-[inset_0_0_0_1.5px_var(--bad)] has-[[aria-invalid]]:shadow-[inset_0_0_0_1.5px_var(--bad)] ' +
  'disabled:opacity-45 has-disabled:opacity-45'

/** A field of one line. */
export const FIELD = `${FIELD_RING} h-8 w-full min-w-0 px-2.5 placeholder:text-ink-3 pointer-coarse:h-10`

/** A value that becomes a field when it is pointed at or written in. */
export const INLINE =
  '-mx-1.5 block w-[calc(100%+12px)] min-w-0 resize-none rounded-md bg-transparent px-1.5 py-[5px] text-ellipsis outline-none transition-shadow placeholder:text-ink-3 ' +
  'hover:bg-hover focus:bg-surface focus:shadow-[inset_0_0_0_1.5px_var(--accent)] read-only:hover:bg-transparent dark:focus:bg-raised ' +
  'aria-invalid:bg-bad-soft aria-invalid:shadow-[inset_0_0_0_1.5px_var(--bad)]'
