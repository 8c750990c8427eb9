import type { FieldId } from '@parley/protocol/model'
import { queryOptions } from '@tanstack/react-query'
import { getFieldUse, listAllSources, listFields, listSourceUse, listTags, listTagUse } from './endpoints.ts'

// The first part of a key is the topic of `settings.changed` that makes it be read again.

/** The fields an account added to its leads and contacts, hidden ones included. */
export const fieldsQuery = queryOptions({ queryKey: ['fields'], queryFn: ({ signal }) => listFields(signal) })

/** What would go with a field: counted anew each time somebody asks. */
export const fieldUseQuery = (id: FieldId) =>
  queryOptions({ queryKey: ['fields', 'use', id], queryFn: ({ signal }) => getFieldUse(id, signal), staleTime: 0 })

/** By name. */
export const tagsQuery = queryOptions({ queryKey: ['tags'], queryFn: ({ signal }) => listTags(signal) })
export const tagUseQuery = queryOptions({
  queryKey: ['tags', 'use'],
  queryFn: ({ signal }) => listTagUse(signal),
  staleTime: 0,
})

export const allSourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: ({ signal }) => listAllSources(signal),
})
export const sourceUseQuery = queryOptions({
  queryKey: ['sources', 'use'],
  queryFn: ({ signal }) => listSourceUse(signal),
  staleTime: 0,
})
