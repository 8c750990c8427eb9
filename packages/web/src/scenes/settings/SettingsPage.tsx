import { clsx } from 'clsx'
import { type ReactNode, useId } from 'react'
import { useTitle } from '../../shell/use-title.ts'

interface PageProps {
  title: string
  /** Before the title: a mark, a way back. */
  lead?: ReactNode
  /** What is set here, in a sentence. */
  hint?: ReactNode
  /** At the end of the head; the main one last. */
  actions?: ReactNode
  /** `wide`: tables and matrices; else as wide as text reads well. */
  width?: 'text' | 'wide'
  /** The body scrolls by itself, as tables do. */
  isFixed?: boolean
  toolbar?: ReactNode
  children: ReactNode
}

/** One page of the settings: its head, and cards or a table below. */
export function SettingsPage({
  title,
  lead,
  hint,
  actions,
  width = 'text',
  isFixed = false,
  toolbar,
  children,
}: PageProps) {
  useTitle(title)
  return (
    <section aria-label={title} className="@container flex min-h-0 flex-1 flex-col">
      <header className="shrink-0 border-b border-line">
        <div className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-2 py-2 ps-5 pe-3">
          {lead}
          <div className="min-w-0 flex-1 basis-60">
            <h2 className="truncate text-lg font-semibold tracking-[-.01em]">{title}</h2>
            {hint && <p className="text-xs text-ink-3 text-pretty">{hint}</p>}
          </div>
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </div>
        {toolbar && <div className="flex flex-wrap items-center gap-2 px-5 pb-2.5">{toolbar}</div>}
      </header>
      {isFixed ? (
        <div className="flex min-h-0 flex-1 flex-col">{children}</div>
      ) : (
        <div data-pane tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto outline-none">
          <div className={clsx('flex flex-col gap-6 p-5', width === 'text' && 'max-w-[680px]')}>{children}</div>
        </div>
      )}
    </section>
  )
}

interface CardProps {
  title: string
  hint?: ReactNode
  /** Beside the title: a state, a button. */
  actions?: ReactNode
  children?: ReactNode
}

/** Things that belong together on a page. */
export function SettingsCard({ title, hint, actions, children }: CardProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="rounded-lg border border-line">
      <header className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3">
        <div className="min-w-0 flex-1 basis-56">
          <h3 id={id} className="text-md font-semibold">
            {title}
          </h3>
          {hint && <p className="mt-0.5 text-ink-3 text-pretty">{hint}</p>}
        </div>
        {actions && <div className="flex max-w-full flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {/* Dialogs are drawn elsewhere: a card may hold nothing but them. */}
      <div className="border-t border-line px-4 py-4 empty:hidden">{children}</div>
    </section>
  )
}
