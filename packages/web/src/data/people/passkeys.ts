import type { NewPasskeyRequest, PasskeyLogInRequest, PasskeyStep } from '@parley/protocol/model'

/** The browser made or found no passkey. `cancelled`: somebody said no, or did nothing for long. */
export class PasskeyProblem extends Error {
  override readonly name = 'PasskeyProblem'
  readonly reason: 'cancelled' | 'known' | 'failed'
  constructor(reason: PasskeyProblem['reason'], cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

// Loaded when it is first needed: most log-ins need none of it.
const library = () => import('@simplewebauthn/browser')

type Options = PasskeyStep['options']

/** Asks the device to make a passkey. @throws {PasskeyProblem} */
export async function createPasskey(options: Options): Promise<NewPasskeyRequest['response']> {
  const { startRegistration } = await library()
  type Wanted = Parameters<typeof startRegistration>[0]['optionsJSON']
  const made = await startRegistration({ optionsJSON: options as unknown as Wanted }).catch(explain)
  return made as unknown as NewPasskeyRequest['response']
}

/** Asks the device for one of the passkeys it holds. @throws {PasskeyProblem} */
export async function getPasskey(options: Options): Promise<PasskeyLogInRequest['response']> {
  const { startAuthentication } = await library()
  type Wanted = Parameters<typeof startAuthentication>[0]['optionsJSON']
  const found = await startAuthentication({ optionsJSON: options as unknown as Wanted }).catch(explain)
  return found as unknown as PasskeyLogInRequest['response']
}

function explain(error: unknown): never {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'AbortError') throw new PasskeyProblem('cancelled', error)
  if (name === 'InvalidStateError') throw new PasskeyProblem('known', error)
  throw new PasskeyProblem('failed', error)
}
