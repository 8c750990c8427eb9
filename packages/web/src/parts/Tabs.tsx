import { Tabs as Base } from '@base-ui/react/tabs'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { CountBadge } from './CountBadge.tsx'
import { TAB } from './tab-classes.ts'

interface Props<Value extends string> {
  label: string
  value: Value
  onChange: (value: Value) => void
  tabs: readonly { value: Value; label: ReactNode; count?: number }[]
  /** `TabPanel`s, when they stand right below. */
  children?: ReactNode
  className?: string
}

/** Views of one thing. Arrow keys go between them. */
export function Tabs<Value extends string>({ label, value, onChange, tabs, children, className }: Props<Value>) {
  return (
    <Base.Root value={value} onValueChange={onChange} className={clsx('min-w-0', className)}>
      <Base.List aria-label={label} activateOnFocus className="flex gap-1 overflow-x-auto px-2 [scrollbar-width:none]">
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className={TAB}>
            {tab.label}
            {tab.count !== undefined && <CountBadge count={tab.count} />}
          </Base.Tab>
        ))}
      </Base.List>
      {children}
    </Base.Root>
  )
}

export function TabPanel({ value, children }: { value: string; children: ReactNode }) {
  return <Base.Panel value={value}>{children}</Base.Panel>
}
