import { clsx } from 'clsx'

export type ButtonLook = 'primary' | 'outline' | 'ghost' | 'danger'
export type ButtonSize = 'sm' | 'md'

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  outline: 'bg-surface text-ink shadow-[inset_0_0_0_1px_var(--line-strong)] hover:bg-hover dark:bg-raised',
  danger: 'bg-bad text-surface hover:bg-[color-mix(in_oklab,var(--bad)_86%,var(--ink))]',
  ghost: 'text-ink-2 hover:bg-hover hover:text-ink',
}

/** For buttons, and for links that stand where a button would. */
export const buttonClasses = (look: ButtonLook = 'outline', size: ButtonSize = 'md'): string =>
  clsx(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors select-none disabled:opacity-45 aria-disabled:opacity-45',
    size === 'sm' ? 'h-7 px-2.5 text-xs' : 'h-8 px-3 text-sm',
    'pointer-coarse:min-h-10',
    LOOKS[look],
  )
