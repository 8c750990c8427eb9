import type { ChannelId, TestRun } from '@parley/protocol/model'
import { queryOptions } from '@tanstack/react-query'
import { request } from '../api.ts'

const pathOf = (channelId: ChannelId, more = '') => `/channels/${channelId}/test-run${more}`
/** Traffic comes by itself while the list is looked at; much of it is told by no event. */
const LOOK_AGAIN_MS = 3000

export const testRunQuery = (channelId: ChannelId) =>
  queryOptions({
    queryKey: ['test-run', channelId],
    queryFn: ({ signal }) => request<{ run: TestRun | null }>('GET', pathOf(channelId), undefined, signal),
    refetchInterval: LOOK_AGAIN_MS,
  })

export const startTestRun = async (channelId: ChannelId): Promise<TestRun> =>
  (await request<{ run: TestRun }>('POST', pathOf(channelId), {})).run

/** Sends one hook that is signed wrongly, or the last one once more. */
export const probe = async (channelId: ChannelId, kind: 'signature' | 'repeat'): Promise<TestRun> =>
  (await request<{ run: TestRun }>('POST', pathOf(channelId, '/probes'), { kind })).run
