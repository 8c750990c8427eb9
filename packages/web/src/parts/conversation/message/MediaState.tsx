import { useMutation, useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { FileX2, LoaderCircle, RotateCw } from 'lucide-react'
import { retryMedia } from '../../../data/endpoints.ts'
import { dated } from '../../../data/fresh.ts'
import { showMessage } from '../../../data/show-answer.ts'
import { sayAgain } from '../../../i18n/said.ts'
import { t } from '../../../i18n/t.ts'
import { reasonOf } from '../../../parts/Notice.tsx'
import type { ShownMessage } from '../shown-messages.ts'
import type { Size } from './picture-layout.ts'
import { useThreadTools } from './thread-tools.ts'

/** A file that is not here: on its way, or out of reach. */
export function MediaState({ message, size }: { message: ShownMessage; size?: Size }) {
  if (message.media?.state === 'failed') return <FailedFile message={message} {...(size && { size })} />
  return <WaitingFile {...(size && { size })} />
}

function WaitingFile({ size }: { size?: Size }) {
  const { channelTitle } = useThreadTools()
  return (
    <span
      className={clsx(BOX, size ? 'flex-col text-center' : 'min-h-9')}
      style={size && { ...size, maxWidth: '100%' }}
    >
      <LoaderCircle
        size={18}
        aria-hidden="true"
        className="shrink-0 animate-spin text-ink-3 [animation-duration:2.4s] motion-reduce:animate-none"
      />
      <span>{t('media.fetching', { channel: channelTitle })}</span>
    </span>
  )
}

const BOX = 'flex items-center justify-center gap-2 px-3 py-2 text-xs text-ink-2'

function FailedFile({ message, size }: { message: ShownMessage; size?: Size }) {
  const client = useQueryClient()
  const retry = useMutation({
    mutationFn: () => dated(() => retryMedia(message.chatId, message.id)),
    onSuccess: ({ answer, since }) => {
      if (answer?.message) showMessage(client, { answer: answer.message, since })
    },
  })
  const reason = message.media?.failure && sayAgain(message.media.failure)
  return (
    <span
      className={clsx(BOX, size ? 'flex-col text-center' : 'flex-wrap justify-start!')}
      style={size && { width: size.width, minHeight: size.height, maxWidth: '100%' }}
    >
      <FileX2 size={18} aria-hidden="true" className="shrink-0 text-bad" />
      <span>{reason ? t('media.failed', { reason }) : t('media.failedUnknown')}</span>
      <RetryButton isBusy={retry.isPending} onClick={() => retry.mutate()} />
      {retry.isError && (
        <span role="alert" className="text-bad">
          {t('media.retryFailed', { reason: reasonOf(retry.error) })}
        </span>
      )}
    </span>
  )
}

export function RetryButton({ isBusy = false, onClick }: { isBusy?: boolean; onClick: () => void }) {
  return (
    <button
      type="button"
      disabled={isBusy}
      onClick={onClick}
      className="inline-flex min-h-6 items-center gap-1 font-semibold text-ink underline-offset-2 hover:underline disabled:opacity-45 pointer-coarse:min-h-10"
    >
      <RotateCw size={12} aria-hidden="true" />
      {t('message.tryAgain')}
    </button>
  )
}
