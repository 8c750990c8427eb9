import type { LeadId } from '@parley/protocol/model'
import { ApiRefusal } from '../../../data/api.ts'
import { useLeadDetails } from '../../../data/lead/lead-details.ts'
import { t } from '../../../i18n/t.ts'
import { Notice, Problem } from '../../Notice.tsx'
import { SkeletonRows } from '../../SkeletonRows.tsx'
import { LeadBody } from './LeadBody.tsx'

interface Props {
  id: LeadId
  onLeave: () => void
  isInLayer?: boolean
}

/** The lead of a number, in whatever state it comes. */
export function LeadOf({ id, onLeave, isInLayer = false }: Props) {
  const query = useLeadDetails(id)
  if (query.data) return <LeadBody lead={query.data} onLeave={onLeave} isInLayer={isInLayer} />
  if (query.isError && !isNotFound(query.error))
    return <Problem title={t('lead.failed')} error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <SkeletonRows count={6} />
  return <Notice title={t('card.gone')} hint={t('card.goneHint')} />
}

const isNotFound = (error: unknown) => error instanceof ApiRefusal && error.status === 404
