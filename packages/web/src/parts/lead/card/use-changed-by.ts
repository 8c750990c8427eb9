import { useUsers } from '../../../data/board/users.ts'
import type { HeldDetails } from '../../../data/lead/apply-to-details.ts'
import { t } from '../../../i18n/t.ts'
import type { ChangedBy } from '../../use-value-edit.ts'

/** Who changed the lead last, for whoever is just editing it. */
export function useChangedBy({ changedBy }: HeldDetails): ChangedBy | undefined {
  const users = useUsers(changedBy !== undefined)
  if (!changedBy) return undefined
  const who = users.find(({ id }) => id === changedBy.userId)?.name ?? t('parts.somebody')
  return { who, at: changedBy.at }
}
