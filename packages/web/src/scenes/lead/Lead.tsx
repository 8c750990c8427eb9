import type { LeadId } from '@parley/protocol/model'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useLeadDetails } from '../../data/lead/lead-details.ts'
import { t } from '../../i18n/t.ts'
import { LeadMenu } from '../../parts/lead/card/LeadMenu.tsx'
import { LeadOf } from '../../parts/lead/card/LeadOf.tsx'
import { SceneFrame } from '../../parts/SceneFrame.tsx'
import { useTitle } from '../../shell/use-title.ts'

/** A lead with a page of its own. */
export function Lead() {
  const { leadId } = useParams({ from: '/app/leads/$leadId' })
  const navigate = useNavigate()
  const id = Number(leadId) as LeadId
  const { data: lead } = useLeadDetails(id)
  useTitle(lead?.title ?? t('lead.number', { id: leadId }))
  return (
    <SceneFrame
      title={t('lead.number', { id: leadId })}
      beside={
        lead && (
          <Link
            to="/pipeline/$pipelineId"
            params={{ pipelineId: String(lead.pipeline.id) }}
            className="min-w-0 truncate rounded-sm text-ink-3 underline-offset-2 hover:text-ink hover:underline"
          >
            <bdi>{lead.pipeline.name}</bdi>
          </Link>
        )
      }
      actions={lead && <LeadMenu lead={lead} />}
      isFixed
    >
      <LeadOf key={id} id={id} onLeave={() => void navigate({ to: '/inbox' })} />
    </SceneFrame>
  )
}
