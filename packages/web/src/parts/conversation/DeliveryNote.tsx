import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RotateCw, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { retryMessage } from '../../data/endpoints.ts'
import { dated } from '../../data/fresh.ts'
import { useOutbox } from '../../data/outbox/use-outbox.ts'
import { showMessage } from '../../data/show-answer.ts'
import { sayAgain } from '../../i18n/said.ts'
import { t } from '../../i18n/t.ts'
import { format } from '../../parts/format.ts'
import { reasonOf } from '../../parts/Notice.tsx'
import { useNow } from '../../parts/use-now.ts'
import type { ShownMessage } from './shown-messages.ts'

/** Below a reply that has not arrived: why, what happens next, and what a person can do. */
export function DeliveryNote({ message }: { message: ShownMessage }) {
  if (message.waiting) return <WaitingNote message={message} />
  if (message.status === 'failed') return <FailedNote message={message} />
  if (message.status === 'queued' && message.failure) return <NextTryNote message={message} />
  return null
}

/** Here only: the server has not answered, or has refused it. */
function WaitingNote({ message }: { message: ShownMessage }) {
  const outbox = useOutbox((state) => state.outbox)
  const entry = message.waiting
  if (!entry) return null
  if (!entry.refusal) return entry.attempts > 0 ? <Line>{t('message.waiting')}</Line> : null
  return (
    <Line isBad>
      <span>{t('message.notSent', { reason: sayAgain(entry.refusal.message) })}</span>
      <Act onClick={() => void outbox?.retry(entry.id)}>
        <RotateCw size={12} aria-hidden="true" />
        {t('message.tryAgain')}
      </Act>
      <Act onClick={() => void outbox?.remove(entry.id)}>
        <Trash2 size={12} aria-hidden="true" />
        {t('message.delete')}
      </Act>
    </Line>
  )
}

function FailedNote({ message }: { message: ShownMessage }) {
  const retry = useRetry(message)
  const reason = sayAgain(message.failure?.reason ?? '')
  return (
    <Line isBad>
      <span>{reason === '' ? t('tick.failed') : t('message.notDelivered', { reason })}</span>
      <Act disabled={retry.isPending} onClick={() => retry.mutate()}>
        <RotateCw size={12} aria-hidden="true" />
        {t('message.tryAgain')}
      </Act>
      <RetryProblem error={retry.error} />
    </Line>
  )
}

function NextTryNote({ message }: { message: ShownMessage }) {
  const retry = useRetry(message)
  const now = useNow()
  const { reason = '', nextTryAt = null } = message.failure ?? {}
  const values = { reason: sayAgain(reason) }
  return (
    <Line>
      <span>
        {nextTryAt === null
          ? t('message.retrying', values)
          : t('message.nextTry', { ...values, time: format.moment(nextTryAt, now) })}
      </span>
      <Act disabled={retry.isPending} onClick={() => retry.mutate()}>
        <RotateCw size={12} aria-hidden="true" />
        {t('message.tryNow')}
      </Act>
      <RetryProblem error={retry.error} />
    </Line>
  )
}

function useRetry({ chatId, id }: ShownMessage) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => dated(async () => (await retryMessage(chatId, id)).message),
    onSuccess: (sent) => showMessage(client, sent),
  })
}

function RetryProblem({ error }: { error: unknown }) {
  if (!error) return null
  return (
    <span role="alert" className="w-full text-end text-bad">
      {t('message.retryFailed', { reason: reasonOf(error) })}
    </span>
  )
}

function Line({ isBad = false, children }: { isBad?: boolean; children: ReactNode }) {
  return (
    <div
      className={`mt-1 flex flex-wrap items-center justify-end gap-x-2.5 gap-y-0.5 text-end text-xs [overflow-wrap:anywhere] ${isBad ? 'text-bad' : 'text-ink-3'}`}
    >
      {children}
    </div>
  )
}

function Act({ children, ...props }: { children: ReactNode; disabled?: boolean; onClick: () => void }) {
  return (
    <button
      type="button"
      {...props}
      className="inline-flex min-h-6 items-center gap-1 font-semibold underline-offset-2 hover:underline disabled:opacity-45 pointer-coarse:min-h-10"
    >
      {children}
    </button>
  )
}
