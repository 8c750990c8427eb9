import type { CustomField, FieldEntity } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { fieldsQuery } from '../work/queries.ts'

/** The fields an account added, without those it hid. Read again when they change: the key is the topic. */
export function useFields(of: FieldEntity): readonly CustomField[] {
  const query = useQuery(fieldsQuery)
  return query.data?.items.filter(({ entity, isHidden }) => entity === of && !isHidden) ?? []
}

export const useLeadFields = (): readonly CustomField[] => useFields('lead')
