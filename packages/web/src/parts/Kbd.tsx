import type { ReactNode } from 'react'

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm bg-hover px-1 font-sans text-2xs font-medium text-ink-3 shadow-[inset_0_0_0_1px_var(--line)]">
      {children}
    </kbd>
  )
}
