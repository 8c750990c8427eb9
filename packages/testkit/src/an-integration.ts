import type { ConsentAnswer, Integration, IntegrationWithSecret, NewIntegrationInput } from '@parley/protocol/model'
import type { AppClient } from './app-client.ts'
import { sendRaw } from './http-request.ts'
import type { RunningWorld } from './running-world.ts'

type Server = Pick<RunningWorld, 'url' | 'agent'>

const REDIRECT_URI = 'https://third.example/callback'

/** What `/oauth2` answered. */
export interface TokenAnswer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: what an answer holds is for the test to say
  body: any
}

/** A third party's program, which was registered in an account. */
export class TestIntegration {
  readonly integration: Integration
  readonly secret: string
  readonly redirectUri: string
  readonly #server: Server

  private constructor(server: Server, { integration, secret }: IntegrationWithSecret) {
    this.#server = server
    this.integration = integration
    this.secret = secret
    this.redirectUri = integration.registration!.redirectUris[0]!
  }

  static async register(
    server: Server,
    admin: AppClient,
    wish: Partial<NewIntegrationInput> = {},
  ): Promise<TestIntegration> {
    const given = { name: 'Third', redirectUris: [REDIRECT_URI], ...wish }
    return new TestIntegration(server, await admin.post<IntegrationWithSecret>('/integrations', given))
  }

  get id() {
    return this.integration.id
  }

  /** An admin says yes. Answers what the browser is sent to with. */
  async consent(admin: AppClient, more: Record<string, unknown> = {}): Promise<URL> {
    const body = { clientId: this.id, decision: 'allow', ...more }
    return new URL((await admin.post<ConsentAnswer>('/consent', body)).url)
  }

  async code(admin: AppClient, more: Record<string, unknown> = {}): Promise<string> {
    return (await this.consent(admin, more)).searchParams.get('code') ?? ''
  }

  /** The whole way: let in, and the code changed. */
  async install(admin: AppClient): Promise<{ access: string; refresh: string }> {
    return pairOf(await this.exchange(await this.code(admin)))
  }

  exchange(code: string, more: Record<string, unknown> = {}): Promise<TokenAnswer> {
    return this.ask('/oauth2/access_token', {
      grant_type: 'authorization_code',
      code,
      redirect_uri: this.redirectUri,
      ...more,
    })
  }

  refresh(refreshToken: string, more: Record<string, unknown> = {}): Promise<TokenAnswer> {
    return this.ask('/oauth2/access_token', {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      redirect_uri: this.redirectUri,
      ...more,
    })
  }

  revoke(token: string): Promise<TokenAnswer> {
    return this.ask('/oauth2/revoke', { token })
  }

  /** With its id and secret in the body, unless `more` says otherwise. */
  ask(path: string, more: Record<string, unknown>): Promise<TokenAnswer> {
    const body = { client_id: this.id, client_secret: this.secret, ...more }
    return this.send('POST', path, { 'content-type': 'application/json' }, JSON.stringify(body))
  }

  /** `GET /api/v4/account`, or another path, by an access token. */
  read(accessToken: string, path = '/api/v4/account'): Promise<TokenAnswer> {
    return this.send('GET', path, { authorization: `Bearer ${accessToken}` })
  }

  async send(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<TokenAnswer> {
    const request = { method, path, headers, body: Buffer.from(body ?? '') }
    const answer = await sendRaw(this.#server.url, request, this.#server.agent)
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) }
  }
}

export const pairOf = ({ body }: TokenAnswer): { access: string; refresh: string } => ({
  access: body.access_token,
  refresh: body.refresh_token,
})
