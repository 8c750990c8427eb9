import type { ChannelId, TestRun as Run, TestStep } from '@parley/protocol/model'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { CircleCheck, CircleDashed, CircleX, ListChecks } from 'lucide-react'
import { useState } from 'react'
import { probe, startTestRun, testRunQuery, useTestRunTraffic } from '../../../data/developer/test-run.ts'
import { sayAgain } from '../../../i18n/said.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { format } from '../../../parts/format.ts'
import { Notice, Problem, reasonOf } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { toast } from '../../../parts/toast.ts'
import { clockTime } from '../log/log-format.ts'
import type { TabProps } from '../tab-props.ts'

/** A checklist that is ticked off by what really comes and goes. */
export function TestRun({ channel }: TabProps) {
  const client = useQueryClient()
  const query = testRunQuery(channel.id)
  useTestRunTraffic(channel.id)
  const { data, isError, error, refetch } = useQuery(query)
  const [isBusy, setBusy] = useState(false)

  async function act(ask: (channelId: ChannelId) => Promise<Run>) {
    setBusy(true)
    try {
      const run = await ask(channel.id)
      await client.cancelQueries({ queryKey: query.queryKey })
      client.setQueryData(query.queryKey, { run })
    } catch (failure) {
      toast({ text: t('testRun.notDone', { reason: reasonOf(failure) }), tone: 'bad' })
    } finally {
      setBusy(false)
    }
  }

  if (!data)
    return isError ? (
      <Problem title={t('testRun.loadFailed')} error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonRows count={9} height={64} />
    )
  if (!data.run)
    return (
      <Notice
        title={t('testRun.none')}
        hint={t('testRun.noneHint')}
        drawing={<ListChecks size={28} strokeWidth={1.6} aria-hidden="true" className="text-ink-3" />}
      >
        <Button look="primary" disabled={isBusy} onClick={() => void act(startTestRun)}>
          {t('testRun.start')}
        </Button>
      </Notice>
    )
  const { run } = data
  const done = run.steps.filter(({ state }) => state === 'passed').length
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <header className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3">
        <p role="status" className="min-w-48 flex-1">
          <span className="font-semibold">{t('testRun.progress', { done, all: run.steps.length })}</span>{' '}
          <span className="text-xs text-ink-3">{t('testRun.since', { time: format.fullTime(run.startedAt) })}</span>
        </p>
        <Button size="sm" disabled={isBusy} onClick={() => void act(startTestRun)}>
          {t('testRun.again')}
        </Button>
      </header>
      <ol aria-label={t('testRun.steps')} className="divide-y divide-line border-b border-line">
        {run.steps.map((step) => (
          <Step key={step.id} step={step} isBusy={isBusy} onProbe={(kind) => void act((id) => probe(id, kind))} />
        ))}
      </ol>
    </div>
  )
}

const MARKS = {
  passed: { Icon: CircleCheck, color: 'text-ok' },
  failed: { Icon: CircleX, color: 'text-bad' },
  waiting: { Icon: CircleDashed, color: 'text-ink-3' },
} as const

/** These two happen on request alone. */
const PROBES = { signature: 'signature', hookRepeat: 'repeat' } as const

interface StepProps {
  step: TestStep
  isBusy: boolean
  onProbe: (kind: 'signature' | 'repeat') => void
}

function Step({ step, isBusy, onProbe }: StepProps) {
  const { id, state, at, evidence, reason } = step
  const { Icon, color } = MARKS[state]
  const kind = id === 'signature' || id === 'hookRepeat' ? PROBES[id] : undefined
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <Icon size={20} aria-hidden="true" className={clsx('mt-0.5 shrink-0', color)} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {t(`testRun.step.${id}.title`)} <span className={clsx('text-xs', color)}>{t(`testRun.state.${state}`)}</span>
        </p>
        {state !== 'passed' && <p className="text-sm text-ink-2 text-pretty">{t(`testRun.step.${id}.todo`)}</p>}
        {reason && <p className="text-sm text-bad">{sayAgain(reason)}</p>}
        {at !== null && (
          <p className="text-xs break-all text-ink-3">
            <time dateTime={new Date(at).toISOString()}>{clockTime(at)}</time>{' '}
            {evidence && <span className="ms-1 font-mono">{evidence}</span>}
          </p>
        )}
      </div>
      {kind && (
        <Button size="sm" disabled={isBusy} aria-label={t(`testRun.probe.${kind}`)} onClick={() => onProbe(kind)}>
          {t('testRun.sendIt')}
        </Button>
      )}
    </li>
  )
}
