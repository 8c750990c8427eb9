import type { Lead } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { Link2, X } from 'lucide-react'
import { usePipelines } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { IconButton } from '../../parts/IconButton.tsx'
import { acceptInto, declineWithUndo } from '../../parts/lead/act-on-lead.ts'
import { askAbout } from '../../parts/lead/ask.ts'
import { useKeptTarget } from '../../parts/lead/target-kept.ts'

interface Props {
  lead: Lead
  /** By Tab: on the card the keyboard is on. */
  isReachable: boolean
}

/** The three things one does with an incoming lead. */
export function IncomingActions({ lead, isReachable }: Props) {
  const client = useQueryClient()
  const pipelines = usePipelines(true)
  const tabIndex = isReachable ? 0 : -1
  const [target] = useKeptTarget(pipelines.data?.items ?? [])
  return (
    <div className="relative z-10 mt-2 flex items-center gap-1.5">
      <Button
        size="sm"
        tabIndex={tabIndex}
        disabled={!target}
        onClick={() => target && void acceptInto(client, lead, target)}
        className="min-w-0 flex-1"
      >
        {t('lead.accept')}
      </Button>
      <IconButton label={t('lead.link')} keys="L" tabIndex={tabIndex} onClick={() => askAbout({ kind: 'link', lead })}>
        <Link2 />
      </IconButton>
      <IconButton
        label={t('lead.decline')}
        keys="D"
        tabIndex={tabIndex}
        onClick={() => void declineWithUndo(client, lead)}
      >
        <X />
      </IconButton>
    </div>
  )
}
