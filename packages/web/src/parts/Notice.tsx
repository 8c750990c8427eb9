import { Copy } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { ApiRefusal } from '../data/api.ts'
import { sayAgain } from '../i18n/said.ts'
import { t } from '../i18n/t.ts'
import { Button } from './Button.tsx'
import { SaidError } from './said-error.ts'

interface NoticeProps {
  title: string
  hint?: ReactNode
  drawing?: ReactNode
  children?: ReactNode
  isAlert?: boolean
}

/** What stands in a pane that has nothing to show: a drawing, a sentence, an action. */
export function Notice({ title, hint, drawing, children, isAlert = false }: NoticeProps) {
  return (
    <div
      role={isAlert ? 'alert' : undefined}
      className="flex h-full min-h-40 flex-1 flex-col items-center justify-center gap-1.5 p-6 text-center"
    >
      {drawing && <div className="mb-2">{drawing}</div>}
      <p className="text-md font-semibold text-balance">{title}</p>
      {hint && <p className="max-w-72 text-ink-3">{hint}</p>}
      {children && <div className="mt-2 flex flex-col items-center gap-2">{children}</div>}
    </div>
  )
}

interface ProblemProps {
  /** What failed, as a sentence. */
  title: string
  error: unknown
  onRetry: () => void
}

/** A pane that could not be read: what failed, whether anything was lost, how to go on, and what to tell support. */
export function Problem({ title, error, onRetry }: ProblemProps) {
  if (error instanceof ApiRefusal && error.status === 403)
    return <Notice title={title} hint={t('error.noPermission')} isAlert />
  return (
    <Notice title={title} hint={`${reasonOf(error)}. ${t('error.nothingLost')}`} isAlert>
      <Button onClick={onRetry}>{t('error.tryAgain')}</Button>
      <RequestId error={error} />
    </Notice>
  )
}

/** The same in one line, for a part of a list. */
export function ProblemLine({ title, onRetry }: Omit<ProblemProps, 'error'>) {
  return (
    <div role="alert" className="flex items-center justify-center gap-2 px-4 py-3 text-xs text-bad">
      {title}
      <button type="button" onClick={onRetry} className="font-semibold underline-offset-2 hover:underline">
        {t('error.tryAgain')}
      </button>
    </div>
  )
}

function RequestId({ error }: { error: unknown }) {
  const [isCopied, setCopied] = useState(false)
  const id = error instanceof ApiRefusal ? error.requestId : undefined
  if (!id) return null
  const copy = () => navigator.clipboard?.writeText(id).then(() => setCopied(true))
  return (
    <button
      type="button"
      aria-label={`${t('error.requestId', { id })}. ${t('error.copy')}`}
      onClick={() => void copy()}
      className="inline-flex max-w-72 items-center gap-1.5 rounded-sm px-1.5 py-0.5 font-mono text-2xs text-ink-3 hover:bg-hover hover:text-ink"
    >
      <span className="truncate">{isCopied ? t('error.copied') : t('error.requestId', { id })}</span>
      <Copy size={12} aria-hidden="true" />
    </button>
  )
}

/** An error as the end of a sentence, without a full stop. */
export function reasonOf(error: unknown): string {
  if (error instanceof ApiRefusal) return sayAgain(error.message)
  if (error instanceof SaidError) return error.message
  return error instanceof Error && error.name === 'NoAnswer' ? t('error.noConnection') : t('error.unexpected')
}
