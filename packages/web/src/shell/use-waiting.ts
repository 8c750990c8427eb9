import { useQuery } from '@tanstack/react-query'
import { waitingRegistrationsQuery } from '../data/channels/registrations.ts'
import { useConnection } from '../data/connection.ts'
import { useMe } from '../data/queries.ts'

/** How many channels wait for a decision; 0 for who is no operator. */
export function useWaitingRegistrations(): number {
  const { isOperator } = useMe()
  const canRead = useConnection((state) => state.canRead)
  const { data } = useQuery({ ...waitingRegistrationsQuery, enabled: isOperator && canRead })
  return data?.waiting ?? 0
}
