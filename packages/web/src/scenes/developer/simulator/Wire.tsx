import type { ChannelId, HookAnswer, SimulatorEntry } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { ArrowDownLeft, ArrowUpRight, ChevronRight } from 'lucide-react'
import { entriesQuery, type SimulatorActs } from '../../../data/developer/simulator.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Notice, Problem, reasonOf } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { toast } from '../../../parts/toast.ts'
import { clockTime, shortPath } from '../log/log-format.ts'

/** What went over the wire, newest first; one is opened to see all of it. */
export function Wire({ channelId, acts }: { channelId: ChannelId; acts: SimulatorActs }) {
  const { data, isError, error, refetch } = useQuery(entriesQuery(channelId))
  async function clear() {
    try {
      await acts.clear()
    } catch (failure) {
      toast({ text: t('simulator.notSet', { reason: reasonOf(failure) }), tone: 'bad' })
    }
  }
  return (
    <>
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-4">
        <h2 className="flex-1 font-semibold">{t('simulator.wire')}</h2>
        {data && data.length > 0 && (
          <Button size="sm" look="ghost" onClick={() => void clear()}>
            {t('simulator.clear')}
          </Button>
        )}
      </header>
      {data === undefined ? (
        isError ? (
          <Problem title={t('simulator.loadFailed')} error={error} onRetry={() => void refetch()} />
        ) : (
          <SkeletonRows count={8} height={40} />
        )
      ) : data.length === 0 ? (
        <Notice title={t('simulator.nothing')} hint={t('simulator.nothingHint')} />
      ) : (
        <ul className="min-h-0 flex-1 divide-y divide-line overflow-y-auto">
          {data.toReversed().map((entry) => (
            <li key={entry.id}>
              <Entry entry={entry} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Entry({ entry }: { entry: SimulatorEntry }) {
  const { what, answer, isGood } = summarise(entry)
  const Arrow = entry.kind === 'request' ? ArrowUpRight : ArrowDownLeft
  return (
    <details className="group">
      <summary className="flex h-10 cursor-pointer list-none items-center gap-2 px-4 text-xs -outline-offset-2 hover:bg-hover">
        <ChevronRight size={14} aria-hidden="true" className="shrink-0 text-ink-3 group-open:rotate-90" />
        <time dateTime={new Date(entry.at).toISOString()} className="shrink-0 text-ink-3 tnum">
          {clockTime(entry.at)}
        </time>
        <Arrow size={15} aria-hidden="true" className="shrink-0 text-ink-3" />
        <span className="sr-only">{t(entry.kind === 'request' ? 'simulator.out' : 'simulator.in')}</span>
        <span className="min-w-0 flex-1 truncate font-mono">{what}</span>
        <span className={clsx('shrink-0 font-medium', isGood ? 'text-ok' : 'text-bad')}>{answer}</span>
      </summary>
      <div className="flex flex-col gap-3 bg-sunken px-4 pt-1 pb-4">
        {piecesOf(entry).map(([title, text]) => (
          <section key={title}>
            <h3 className="mb-1 text-2xs font-semibold text-ink-3">{title}</h3>
            <pre
              dir="ltr"
              className="overflow-x-auto rounded-md bg-surface p-2 font-mono text-2xs whitespace-pre-wrap break-all"
            >
              {text}
            </pre>
          </section>
        ))}
      </div>
    </details>
  )
}

function summarise(entry: SimulatorEntry): { what: string; answer: string; isGood: boolean } {
  if (entry.kind === 'hook') {
    const { hook } = entry
    const isGood = hook.signature.isRight && ['ok', 'slow', 'garbage'].includes(hook.answer.kind)
    return {
      what: t('simulator.attempt', { number: hook.attempt, id: hook.requestId }),
      answer: sayAnswer(hook.answer),
      isGood,
    }
  }
  const { request, answer } = entry.exchange
  const below = request.target.replace(/^\/v2\/origin\/custom\//, '…/')
  return { what: `${request.method} ${shortPath(below)}`, answer: String(answer.status), isGood: answer.status < 300 }
}

function sayAnswer(answer: HookAnswer): string {
  return answer.kind === 'status' ? String(answer.status) : t(`simulator.answer.${answer.kind}`)
}

function piecesOf(entry: SimulatorEntry): [string, string][] {
  if (entry.kind === 'hook') {
    const { headers, body, signature, answer } = entry.hook
    return [
      [t('simulator.signature'), signature.isRight ? t('simulator.signatureRight') : (signature.fault ?? '')],
      [t('simulator.headers'), lines(headers)],
      [t('simulator.body'), pretty(body)],
      [t('simulator.answered'), sayAnswer(answer)],
    ]
  }
  const { request, answer } = entry.exchange
  return [
    [t('simulator.request'), `${request.method} ${request.target}\n${lines(request.headers)}`],
    [t('simulator.stringToSign'), request.stringToSign],
    [t('simulator.body'), pretty(request.body)],
    [
      t('simulator.answered'),
      `${answer.status} · ${answer.durationMs} ms\n${lines(answer.headers)}\n\n${pretty(answer.body)}`,
    ],
  ]
}

const lines = (headers: Record<string, string>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
