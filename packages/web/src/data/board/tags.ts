import type { Tag } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { tagsQuery } from '../work/queries.ts'

const NONE: readonly Tag[] = []

/** The account's tags, by name. */
export function useTags(enabled = true): readonly Tag[] {
  return useQuery({ ...tagsQuery, enabled }).data?.items ?? NONE
}
