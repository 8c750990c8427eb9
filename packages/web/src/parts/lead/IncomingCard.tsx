import type { ChatId, Lead } from '@parley/protocol/model'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check, Inbox } from 'lucide-react'
import { useState } from 'react'
import { ApiRefusal } from '../../data/api.ts'
import { applyLead, applyLeadGone } from '../../data/apply-events.ts'
import { acceptLead, declineLead } from '../../data/endpoints.ts'
import { usePipelines } from '../../data/queries.ts'
import { keys } from '../../data/query-keys.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { ProblemLine, reasonOf } from '../../parts/Notice.tsx'
import { TargetMenu } from './TargetMenu.tsx'
import { findTarget, type Target } from './targets.ts'

interface Props {
  chatId: ChatId
  lead: Lead
}

/** A lead nobody has taken: take it into a stage, or send it away. */
export function IncomingCard({ chatId, lead }: Props) {
  const pipelines = usePipelines(true)
  const [chosen, setChosen] = useState<Target>()
  const target = chosen ?? findTarget(pipelines.data?.items ?? [])
  const { accept, decline, problem } = useDecision(chatId, lead)
  const isBusy = accept.isPending || decline.isPending
  return (
    <div className="mt-3 rounded-lg bg-accent-soft p-3">
      <p className="flex items-center gap-2 font-semibold text-accent-ink">
        <Inbox size={16} aria-hidden="true" />
        {t('lead.incoming')}
      </p>
      <p className="mt-0.5 text-xs text-ink-2">{t('lead.incomingHint')}</p>
      {target && <TargetMenu target={target} pipelines={pipelines.data?.items ?? []} onChoose={setChosen} />}
      {pipelines.isError && <ProblemLine title={t('lead.stagesFailed')} onRetry={() => void pipelines.refetch()} />}
      <div className="mt-2.5 flex gap-2">
        <Button look="primary" className="flex-1" disabled={isBusy} onClick={() => accept.mutate(target)}>
          <Check size={15} aria-hidden="true" />
          {t('lead.accept')}
        </Button>
        <Button className="flex-1" disabled={isBusy} onClick={() => decline.mutate()}>
          {t('lead.decline')}
        </Button>
      </div>
      {problem && (
        <p role="alert" className="mt-2 text-xs text-bad">
          {problem}
        </p>
      )}
    </div>
  )
}

function useDecision(chatId: ChatId, lead: Lead) {
  const client = useQueryClient()
  /** Somebody else was faster: show what they decided. */
  function onError(error: unknown) {
    if (error instanceof ApiRefusal) void client.invalidateQueries({ queryKey: keys.chat(chatId), exact: true })
  }
  const accept = useMutation({
    mutationFn: (target: Target | undefined) =>
      acceptLead(lead.id, target ? { pipelineId: target.pipeline.id, stageId: target.stage.id } : {}),
    onSuccess: (accepted) => applyLead(client, accepted),
    onError,
  })
  const decline = useMutation({
    mutationFn: () => declineLead(lead.id),
    onSuccess: () => applyLeadGone(client, lead.id),
    onError,
  })
  return { accept, decline, problem: describe(accept.error, decline.error) }
}

function describe(acceptError: unknown, declineError: unknown): string | undefined {
  if (acceptError) return t('lead.acceptFailed', { reason: reasonOf(acceptError) })
  return declineError ? t('lead.declineFailed', { reason: reasonOf(declineError) }) : undefined
}
