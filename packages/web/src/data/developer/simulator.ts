import type {
  ChannelId,
  HookAnswer,
  SignedExchange,
  SignedRequestInput,
  SimulatedClient,
  Simulator,
  SimulatorEntry,
} from '@parley/protocol/model'
import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { request } from '../api.ts'
import { onChannelTraffic } from '../channel-traffic.ts'

const stateKey = (channelId: ChannelId) => ['simulator', channelId, 'state'] as const
const entriesKey = (channelId: ChannelId) => ['simulator', channelId, 'entries'] as const
const path = (channelId: ChannelId, more = '') => `/channels/${channelId}/simulator${more}`

export const simulatorQuery = (channelId: ChannelId) =>
  queryOptions({
    queryKey: stateKey(channelId),
    queryFn: ({ signal }) => request<Simulator>('GET', path(channelId), undefined, signal),
  })

/** What went over the wire, oldest first. */
export const entriesQuery = (channelId: ChannelId) =>
  queryOptions({
    queryKey: entriesKey(channelId),
    queryFn: async ({ signal }) => {
      const { items } = await request<{ items: SimulatorEntry[] }>(
        'GET',
        path(channelId, '/entries'),
        undefined,
        signal,
      )
      return items
    },
  })

/** Reads on when the stream says that something was sent or taken. */
export function useSimulatorTraffic(channelId: ChannelId): void {
  const client = useQueryClient()
  useEffect(
    () =>
      onChannelTraffic((traffic) => {
        if (traffic.channelId === channelId && traffic.what === 'simulator')
          void client.invalidateQueries({ queryKey: entriesKey(channelId) })
      }),
    [client, channelId],
  )
}

/** What may be done; each rejects as `request` does. */
export function useSimulatorActs(channelId: ChannelId) {
  const client = useQueryClient()
  const readAgain = () => client.invalidateQueries({ queryKey: ['simulator', channelId] })
  return {
    async send(wish: SignedRequestInput): Promise<SignedExchange[]> {
      const body = { exchanges: [] as SignedExchange[] }
      try {
        Object.assign(body, await request('POST', `/channels/${channelId}/signed-requests`, wish))
      } finally {
        void readAgain()
      }
      return body.exchanges
    },
    async set(isOn: boolean, answer: HookAnswer): Promise<void> {
      const simulator = await request<Simulator>('PUT', path(channelId), { isOn, answer })
      // What was asked for before would put back how it was.
      await client.cancelQueries({ queryKey: stateKey(channelId) })
      client.setQueryData(stateKey(channelId), simulator)
    },
    async addClient(
      wish: Omit<SimulatedClient, 'id' | 'avatarUrl'> & { avatar: string | null },
    ): Promise<SimulatedClient> {
      const made = await request<SimulatedClient>('POST', path(channelId, '/clients'), wish)
      await readAgain()
      return made
    },
    async removeClient(id: string): Promise<void> {
      await request('DELETE', path(channelId, `/clients/${id}`))
      await readAgain()
    },
    async clear(): Promise<void> {
      await request('DELETE', path(channelId, '/entries'))
      await readAgain()
    },
  }
}

export type SimulatorActs = ReturnType<typeof useSimulatorActs>
