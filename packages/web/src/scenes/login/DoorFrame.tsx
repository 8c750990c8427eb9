import { type ReactNode, useEffect } from 'react'
import { t } from '../../i18n/t.ts'
import { Logo } from '../../shell/Logo.tsx'

interface Props {
  /** Of the tab. */
  title: string
  /** Below the card: other ways. */
  foot?: ReactNode
  children: ReactNode
}

/** Where somebody stands who is not logged in: one card in the middle. */
export function DoorFrame({ title, foot, children }: Props) {
  useEffect(() => {
    document.title = t('app.title', { page: title })
  }, [title])
  return (
    <main className="flex h-full flex-col items-center overflow-y-auto p-4">
      <div className="my-auto w-full max-w-[380px]">
        <div className="mb-5 flex items-center justify-center gap-2.5">
          <Logo size={36} />
          <span className="text-xl font-semibold tracking-[-.02em]">{t('app.name')}</span>
        </div>
        <div className="rounded-xl bg-surface p-6 shadow-card">{children}</div>
        {foot && <p className="mt-4 text-center text-ink-2">{foot}</p>}
      </div>
    </main>
  )
}

export function DoorTitle({ children, hint }: { children: ReactNode; hint?: ReactNode }) {
  return (
    <div>
      <h1 className="text-lg font-semibold tracking-[-.01em] text-balance">{children}</h1>
      {hint && <p className="mt-0.5 text-ink-3 text-pretty">{hint}</p>}
    </div>
  )
}

export function DoorAlert({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
      {children}
    </p>
  )
}

/** A way out of the card, and between the doors. */
export const DOOR_LINK = 'rounded-sm font-medium text-accent-ink underline-offset-2 hover:underline'
