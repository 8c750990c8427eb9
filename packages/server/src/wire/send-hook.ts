import type { FetchOutcome, OutgoingRequest } from '../lib/guarded-fetch.ts'
import type { HookTarget } from './hook-request.ts'

export type HookRequest = OutgoingRequest & HookTarget

/** See `GuardedFetch.fetch`. By which of two ways it goes, its target says. */
export type SendHook = (request: HookRequest, signal?: AbortSignal) => Promise<FetchOutcome>
