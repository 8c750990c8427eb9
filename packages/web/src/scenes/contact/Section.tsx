import { type ReactNode, useId } from 'react'

interface Props {
  title: string
  action?: ReactNode
  children: ReactNode
}

/** One kind of thing there is with somebody. */
export function Section({ title, action, children }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <div className="mb-1 flex min-h-7 items-center gap-2">
        <h2 id={id} className="min-w-0 flex-1 text-xs font-semibold text-ink-2">
          {title}
        </h2>
        {action}
      </div>
      {children}
    </section>
  )
}
