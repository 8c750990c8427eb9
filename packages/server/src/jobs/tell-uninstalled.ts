import type { Deps } from '../domain/deps.ts'
import type { TellUninstalled } from '../domain/integrations/uninstall.ts'
import type { FetchOutcome, OutgoingRequest } from '../lib/guarded-fetch.ts'
import { uninstallAddress } from '../wire/uninstall-hook.ts'

interface TellDeps extends Pick<Deps, 'log' | 'secretBox'> {
  /** See `GuardedFetch.fetch`. */
  send: (request: OutgoingRequest) => Promise<FetchOutcome>
}

const TIMEOUT_MS = 3000

/** The hook *integration disabled* (spec 02 C1): one try, whatever comes of it. */
export function createUninstallTeller({ log, secretBox, send }: TellDeps): TellUninstalled {
  return ({ id, uninstall_url: address, secret_sealed, accountId }) => {
    if (address === null) return
    const url = uninstallAddress(address, { id, accountId, secret: secretBox.open(secret_sealed) })
    void send({ url, method: 'GET', headers: {}, timeoutMs: TIMEOUT_MS })
      .then((outcome) => log.debug({ integrationId: id, outcome }, 'an integration was told that it is uninstalled'))
      .catch((error: unknown) => log.error({ err: error, integrationId: id }, 'an uninstall hook could not be made'))
  }
}
