import { type ReactNode, useId } from 'react'

interface Props {
  title: string
  /** At the end of its head. */
  action?: ReactNode
  children: ReactNode
}

/** A part of a lead's card, under its heading. */
export function Part({ title, action, children }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="border-t border-line px-4 py-3">
      <div className="mb-1 flex h-7 items-center gap-2">
        <h3 id={id} className="min-w-0 flex-1 truncate text-xs font-semibold text-ink-2">
          {title}
        </h3>
        {action}
      </div>
      {children}
    </section>
  )
}

/** A name and what stands for it. */
export function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid min-h-8 grid-cols-[112px_1fr] items-start gap-2">
      <dt className="py-[7px] leading-[18px] text-ink-3 [overflow-wrap:anywhere]">{name}</dt>
      <dd className="flex min-h-8 min-w-0 flex-col justify-center">{children}</dd>
    </div>
  )
}
