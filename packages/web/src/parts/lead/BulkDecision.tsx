import type { Lead } from '@parley/protocol/model'
import { X } from 'lucide-react'
import { useState } from 'react'
import { usePipelines } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../Button.tsx'
import { IconButton } from '../IconButton.tsx'
import { decideMany } from './act-on-lead.ts'
import { useKeptTarget } from './target-kept.ts'

interface Props {
  leads: readonly Lead[]
  /** They are not selected any more. */
  onDone: () => void
}

/** Accepts or declines many incoming leads at once. */
export function BulkDecision({ leads, onDone }: Props) {
  const pipelines = usePipelines(true)
  const [target] = useKeptTarget(pipelines.data?.items ?? [])
  const [isBusy, setBusy] = useState(false)
  async function decide(into: Parameters<typeof decideMany>[1]) {
    setBusy(true)
    await decideMany(leads, into)
    onDone()
  }
  return (
    <section
      aria-label={t('lead.selected', { count: leads.length })}
      className="absolute inset-x-0 bottom-3 z-20 mx-auto flex w-fit max-w-[calc(100%-24px)] flex-wrap items-center gap-2 rounded-lg bg-raised py-2 ps-4 pe-2 shadow-pop"
    >
      <p className="tnum me-2 font-semibold max-md:w-full">{t('lead.selected', { count: leads.length })}</p>
      {target && (
        <Button look="primary" disabled={isBusy} onClick={() => void decide(target)}>
          {t('lead.acceptInto', { stage: target.stage.name })}
        </Button>
      )}
      <Button disabled={isBusy} onClick={() => void decide('decline')}>
        {t('lead.decline')}
      </Button>
      <IconButton label={t('parts.close')} keys="Esc" onClick={onDone}>
        <X />
      </IconButton>
    </section>
  )
}
