import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { t } from '../../i18n/t.ts'
import { reasonOf } from '../../parts/Notice.tsx'
import { toast } from '../../parts/toast.ts'

interface Options {
  /** Shows it before the server says so. */
  show?: (client: QueryClient) => void
}

/**
 * Does something with what a list of the settings shows, and reads the list again: `key` begins its queries. What is refused is
 * said, and is as it was.
 */
export function useSettingsChange(key: string) {
  const client = useQueryClient()
  return useCallback(
    async <Answer>(work: () => Promise<Answer>, { show }: Options = {}): Promise<Answer | undefined> => {
      if (show) {
        // What was asked for before would take back what is shown.
        await client.cancelQueries({ queryKey: [key] })
        show(client)
      }
      try {
        return await work()
      } catch (error) {
        toast({ tone: 'bad', text: t('settings.saveFailed', { reason: reasonOf(error) }) })
        return undefined
      } finally {
        await client.invalidateQueries({ queryKey: [key] })
      }
    },
    [client, key],
  )
}

/** The same for a field, or a dialog, that says itself what was refused. */
export function useSettingsSave(key: string) {
  const client = useQueryClient()
  return useCallback(
    async <Answer>(work: Promise<Answer>): Promise<Answer> => {
      const answer = await work
      await client.invalidateQueries({ queryKey: [key] })
      return answer
    },
    [client, key],
  )
}
