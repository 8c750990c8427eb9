import type { ChatDetails, Me, Template } from '@parley/protocol/model'
import { type TemplateValues, templateValues } from '@parley/protocol/text'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { listTemplates } from './endpoints.ts'

/** Asked again when `settings.changed` tells of templates. */
export const templatesQuery = queryOptions({
  queryKey: ['templates'] as const,
  queryFn: ({ signal }) => listTemplates(signal),
})

const NONE: readonly Template[] = []

/** @param isWanted  nothing is read before somebody looks for one */
export function useTemplates(isWanted: boolean): { templates: readonly Template[]; query: ReturnType<typeof useRead> } {
  const query = useRead(isWanted)
  return { templates: query.data?.items ?? NONE, query }
}

const useRead = (enabled: boolean) => useQuery({ ...templatesQuery, enabled })

/** What stands in a template's markers in this chat; dates and sums as the template, or else the person, speaks. */
export function valuesIn(
  { chat, lead }: Pick<ChatDetails, 'chat' | 'lead'>,
  me: Pick<Me, 'user' | 'account'>,
  { language, now }: { language: string; now: number },
): TemplateValues {
  return templateValues({
    client: chat.client,
    channelTitle: chat.channel.title,
    lead,
    user: me.user,
    account: me.account,
    now,
    language,
  })
}
