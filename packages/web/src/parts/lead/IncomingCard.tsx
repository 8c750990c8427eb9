import type { Lead } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { Check, Inbox, Link2 } from 'lucide-react'
import { useState } from 'react'
import { useDuplicates } from '../../data/board/duplicates.ts'
import { usePipelines } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../Button.tsx'
import { ProblemLine } from '../Notice.tsx'
import { acceptInto, declineWithUndo } from './act-on-lead.ts'
import { askAbout } from './ask.ts'
import { DuplicateLine } from './DuplicateLine.tsx'
import { TargetMenu } from './TargetMenu.tsx'
import { useKeptTarget } from './target-kept.ts'

/** A lead nobody has taken: take it into a stage, say who it is, or send it away. */
export function IncomingCard({ lead }: { lead: Lead }) {
  const client = useQueryClient()
  const pipelines = usePipelines(true)
  const items = pipelines.data?.items ?? []
  const [target, keep] = useKeptTarget(items)
  const [isBusy, setBusy] = useState(false)
  const act = (work: Promise<void>) => {
    setBusy(true)
    void work.finally(() => setBusy(false))
  }
  return (
    <div className="mt-3 rounded-lg bg-accent-soft p-3">
      <p className="flex items-center gap-2 font-semibold text-accent-ink">
        <Inbox size={16} aria-hidden="true" />
        {t('lead.incoming')}
      </p>
      <p className="mt-0.5 text-xs text-ink-2">{t('lead.incomingHint')}</p>
      <Hint lead={lead} />
      {target && <TargetMenu target={target} pipelines={items} onChoose={keep} />}
      {pipelines.isError && <ProblemLine title={t('lead.stagesFailed')} onRetry={() => void pipelines.refetch()} />}
      <div className="mt-2.5 flex flex-wrap gap-2">
        <Button
          look="primary"
          className="flex-1"
          disabled={isBusy || !target}
          onClick={() => target && act(acceptInto(client, lead, target))}
        >
          <Check size={15} aria-hidden="true" />
          {t('lead.accept')}
        </Button>
        <Button className="flex-1" disabled={isBusy} onClick={() => act(declineWithUndo(client, lead))}>
          {t('lead.decline')}
        </Button>
        <Button className="w-full" disabled={isBusy} onClick={() => askAbout({ kind: 'link', lead })}>
          <Link2 size={15} aria-hidden="true" />
          {t('lead.link')}
        </Button>
      </div>
    </div>
  )
}

/** Who it could be, when something speaks for it. */
function Hint({ lead }: { lead: Lead }) {
  const { data } = useDuplicates(lead.id)
  // One word that is the same is too little to speak of.
  const worth = data?.items.filter(({ evidence }) =>
    evidence.some(({ kind, value }) => kind !== 'name' || /\S\s+\S/.test(value)),
  )
  const [first, ...others] = worth ?? []
  const [evidence] = first?.evidence ?? []
  if (!first || !evidence) return null
  const { id: contactId, name } = first.contact
  return (
    <div className="mt-1.5">
      <DuplicateLine duplicate={{ contactId, name, evidence: evidence.kind, others: others.length }} />
    </div>
  )
}
