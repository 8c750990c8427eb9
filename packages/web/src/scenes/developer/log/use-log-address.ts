import type { ChannelId } from '@parley/protocol/model'
import { useNavigate } from '@tanstack/react-router'

type Patch<Search> = { [Name in keyof Search]: Search[Name] | undefined }

/** Changes what narrows a log, and what is open in it, where they stand: in the address. What is empty leaves it. */
export function useLogAddress<Search extends object>(
  channelId: ChannelId,
  tab: 'requests' | 'deliveries',
  search: Search,
): (patch: Patch<Search>) => void {
  const navigate = useNavigate()
  return (patch) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...patch }).filter(([, value]) => value))
    void navigate({ to: '/developer/$channelId/$tab', params: { channelId, tab }, search: next, replace: true })
  }
}
