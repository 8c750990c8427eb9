import type { ReactNode } from 'react'

interface Props {
  title: ReactNode
  /** After the title, small: a count, a picker. */
  beside?: ReactNode
  /** At the end of the head; the main one last. */
  actions?: ReactNode
  /** Below the head: `Tabs`, or links as tabs. */
  tabs?: ReactNode
  /** Below that: search, filters. */
  toolbar?: ReactNode
  /** The body scrolls by itself, as tables and boards do. */
  isFixed?: boolean
  children: ReactNode
}

/** A scene: one white sheet on the canvas, with its head of 56 px and a body that scrolls. */
export function SceneFrame({ title, beside, actions, tabs, toolbar, isFixed = false, children }: Props) {
  return (
    <div className="@container flex h-full flex-col overflow-hidden bg-surface shadow-card md:rounded-lg">
      <header className="shrink-0 border-b border-line">
        <div className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-2 py-2 ps-4 pe-3">
          <h1 className="min-w-0 truncate text-lg font-semibold tracking-[-.01em]">{title}</h1>
          {beside}
          {actions && <div className="ms-auto flex flex-wrap items-center gap-2">{actions}</div>}
        </div>
        {tabs}
      </header>
      {toolbar && (
        <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-2">{toolbar}</div>
      )}
      {isFixed ? (
        <div className="flex min-h-0 flex-1 flex-col">{children}</div>
      ) : (
        <div data-pane tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto outline-none">
          {children}
        </div>
      )}
    </div>
  )
}
