import { clsx } from 'clsx'

/** What an endpoint answered: 2xx is good, 4xx is the asker's, 5xx and nothing the answerer's. */
export function StatusMark({ status, text }: { status: number | null; text?: string }) {
  const isOk = status !== null && status < 400
  const isAskers = status !== null && status >= 400 && status < 500
  return (
    <span
      className={clsx(
        'tnum inline-flex h-5 min-w-10 shrink-0 items-center justify-center rounded-sm px-1.5 text-xs font-semibold',
        isOk ? 'bg-ok-soft text-ok' : isAskers ? 'bg-warn-soft text-warn' : 'bg-bad-soft text-bad',
      )}
    >
      {text ?? status ?? '–'}
    </span>
  )
}
