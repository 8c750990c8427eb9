import type { Deps } from '../domain/deps.ts'
import type { SendCode } from '../domain/integrations/exchange-key.ts'
import type { TellUninstalled } from '../domain/integrations/uninstall.ts'
import type { FetchOutcome, OutgoingRequest } from '../lib/guarded-fetch.ts'
import { uninstallAddress } from '../wire/uninstall-hook.ts'

interface CallDeps extends Pick<Deps, 'log' | 'secretBox'> {
  /** See `GuardedFetch.fetch`. */
  send: (request: OutgoingRequest) => Promise<FetchOutcome>
}

const TIMEOUT_MS = 3000

/** What integrations are told in passing: one try each, whatever comes of it. */
export function createIntegrationCalls({ log, secretBox, send }: CallDeps): {
  tellUninstalled: TellUninstalled
  sendCode: SendCode
} {
  function call(url: string, what: { integrationId: string; told: string }): void {
    void send({ url, method: 'GET', headers: {}, timeoutMs: TIMEOUT_MS })
      .then((outcome) => log.debug({ ...what, outcome }, 'an integration was called'))
      .catch((error: unknown) => log.error({ err: error, ...what }, 'an integration could not be called'))
  }
  return {
    /** The hook *integration disabled* (spec 02 C1). */
    tellUninstalled({ id, uninstall_url: address, secret_sealed, accountId }) {
      if (address === null) return
      const url = uninstallAddress(address, { id, accountId, secret: secretBox.open(secret_sealed) })
      call(url, { integrationId: id, told: 'uninstalled' })
    },
    /** Once: a code that comes twice is used twice, and that ends what the first use got. */
    sendCode: (integrationId, url) => call(url, { integrationId, told: 'code' }),
  }
}
