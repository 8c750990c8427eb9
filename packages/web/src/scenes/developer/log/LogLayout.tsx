import type { ReactNode } from 'react'

interface Props {
  toolbar: ReactNode
  children: ReactNode
  /** What is open; beside the list, where there is room, else below it. */
  details?: ReactNode
}

/** A log: filters, its lines, and the one that is open. */
export function LogLayout({ toolbar, children, details }: Props) {
  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-1 flex-col @4xl:flex-row">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-2">{toolbar}</div>
          <div data-pane tabIndex={-1} className="@container min-h-0 flex-1 overflow-y-auto outline-none">
            {children}
          </div>
        </div>
        {details && (
          <div className="flex h-3/5 min-h-0 shrink-0 flex-col border-t border-line-strong @4xl:h-auto @4xl:w-[440px] @4xl:border-s @4xl:border-t-0 @4xl:border-line">
            {details}
          </div>
        )}
      </div>
    </div>
  )
}
