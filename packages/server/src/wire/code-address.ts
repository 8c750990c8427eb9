import type { IntegrationId } from '@parley/protocol/model'
import { withQuery } from '../lib/with-query.ts'

/** *Russian* of the two platforms that the CRM tells apart. */
const PLATFORM = '1'

export interface GivenCode {
  code: string
  /** Where the account is: `harbor.parley.example`. */
  referer: string
  clientId: IntegrationId | string
  state?: string | undefined
  /** It was asked for with an API key, and not by a browser. */
  isFromExchange?: boolean
}

/** Where an integration is told a code: its redirect URI, with what the CRM adds to it (spec 03 §2.1, §2.3). */
export const codeAddress = (
  redirectUri: string,
  { code, referer, clientId, state, isFromExchange }: GivenCode,
): string =>
  withQuery(redirectUri, {
    code,
    referer,
    platform: PLATFORM,
    client_id: clientId,
    ...(state !== undefined && { state }),
    ...(isFromExchange && { from_exchange: '1' }),
  })
