import { randomUUID } from 'node:crypto'
import type {
  ApiError,
  Chat,
  ChatDetails,
  ChatId,
  ChatPage,
  EarlierText,
  Lead,
  LeadId,
  LogInRequest,
  Me,
  Message,
  MessageId,
  NotificationPage,
  Pipeline,
  SendMessageInput,
  StartChatInput,
  ThreadPage,
  UploadedFile,
} from '@parley/protocol/model'
import { sendRaw } from './http-request.ts'
import { EventStream, type StreamOptions } from './open-stream.ts'
import type { RunningWorld } from './running-world.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
type Server = Pick<RunningWorld, 'url' | 'agent'>

const BASE = '/api/app/v1'

/** The answer to a chat that was begun. */
export interface StartedChat {
  chat: Chat
  message: Message
}

/** The app API said no. */
export class AppApiRefusal extends Error {
  override readonly name = 'AppApiRefusal'
  readonly status: number
  readonly code: string | undefined
  readonly details: Record<string, unknown> | undefined
  constructor(what: string, status: number, text: string) {
    super(`${what} answered ${status}: ${text}`)
    this.status = status
    const error = parseError(text)
    this.code = error?.code
    this.details = error?.details
  }
}

/** A logged-in person's program: what the screens do, without a screen. */
export class AppClient {
  readonly cookie: string
  readonly me: Me
  readonly #server: Server
  readonly #headers: Record<string, string>

  private constructor(server: Server, cookie: string, me: Me) {
    this.#server = server
    this.cookie = cookie
    this.me = me
    this.#headers = { cookie }
  }

  static logIn(server: Server, credentials: LogInRequest): Promise<AppClient> {
    return AppClient.enter(server, '/session', credentials)
  }

  /**
   * Comes in through any door that opens a session: a log-in, an invitation, a sign-up.
   * @throws {AppApiRefusal}
   */
  static async enter(
    server: Server,
    path: string,
    body: object,
    headers: Record<string, string> = {},
  ): Promise<AppClient> {
    const answer = await callApp(server, 'POST', path, body, headers)
    const text = await answer.text()
    if (!answer.ok) throw new AppApiRefusal(`POST ${path}`, answer.status, text)
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    return new AppClient(server, cookie, JSON.parse(text) as Me)
  }

  /** The bare answer, whatever its status. `path` is below `/api/app/v1`. */
  request(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return callApp(this.#server, method, path, body, { ...this.#headers, ...headers })
  }

  /** The parsed answer. @throws {AppApiRefusal} */
  async get<T>(path: string): Promise<T> {
    return this.#call<T>('GET', path)
  }

  async post<T>(path: string, body?: unknown): Promise<T> {
    return this.#call<T>('POST', path, body)
  }

  async patch<T>(path: string, body?: unknown): Promise<T> {
    return this.#call<T>('PATCH', path, body)
  }

  async put<T>(path: string, body?: unknown): Promise<T> {
    return this.#call<T>('PUT', path, body)
  }

  async delete<T = void>(path: string): Promise<T> {
    return this.#call<T>('DELETE', path)
  }

  listChats = (query = '') => this.get<ChatPage>(`/chats${query}`)
  getChat = (id: ChatId) => this.get<ChatDetails>(`/chats/${id}`)
  readChat = (id: ChatId) => this.post<void>(`/chats/${id}/read`)
  listMessages = (id: ChatId, query = '') => this.get<ThreadPage>(`/chats/${id}/messages${query}`)
  listPipelines = () => this.get<{ items: Pipeline[] }>('/pipelines')
  acceptLead = (id: LeadId, body: { pipelineId?: number; stageId?: number } = {}) =>
    this.post<Lead>(`/leads/${id}/accept`, body)
  declineLead = (id: LeadId) => this.post<void>(`/leads/${id}/decline`)
  listNotifications = (query = '') => this.get<NotificationPage>(`/notifications${query}`)
  readNotifications = (body: { ids: number[] } | { all: true }) =>
    this.post<{ unread: number }>('/notifications/read', body)

  async sendText(chatId: ChatId, text: string, id: string = randomUUID()): Promise<Message> {
    return (await this.post<{ message: Message }>(`/chats/${chatId}/messages`, { id, text })).message
  }

  /** Anything a person can send; its id is made unless given. */
  async sendMessage(chatId: ChatId, input: Partial<SendMessageInput>): Promise<Message> {
    const body = { id: randomUUID(), ...input }
    return (await this.post<{ message: Message }>(`/chats/${chatId}/messages`, body)).message
  }

  /** Writes first: to a phone number, on a channel that allows it. */
  startChat(input: Omit<StartChatInput, 'message'> & { message: Partial<SendMessageInput> }): Promise<StartedChat> {
    return this.post<StartedChat>('/chats', { ...input, message: { id: randomUUID(), ...input.message } })
  }

  listEdits = (chatId: ChatId, messageId: MessageId) =>
    this.get<{ items: EarlierText[] }>(`/chats/${chatId}/messages/${messageId}/edits`)

  /** @throws {AppApiRefusal} */
  async uploadFile(bytes: Uint8Array, options: { name?: string; type?: string } = {}): Promise<UploadedFile> {
    const { name = 'file', type = 'application/octet-stream' } = options
    const path = `/files?${new URLSearchParams({ name })}`
    const raw = {
      method: 'POST',
      path: `${BASE}${path}`,
      headers: { ...sameOrigin(this.#server), ...this.#headers, 'content-type': type },
      body: Buffer.from(bytes),
    }
    const answer = await sendRaw(this.#server.url, raw, this.#server.agent)
    const text = await answer.text()
    if (!answer.ok) throw new AppApiRefusal(`POST ${path}`, answer.status, text)
    return JSON.parse(text) as UploadedFile
  }

  async retryMessage(chatId: ChatId, messageId: MessageId): Promise<Message> {
    return (await this.post<{ message: Message }>(`/chats/${chatId}/messages/${messageId}/retry`)).message
  }

  openStream(options: StreamOptions = {}): Promise<EventStream> {
    return EventStream.open(this.#server.url, this.#headers, options)
  }

  async #call<T>(method: Method, path: string, body?: unknown): Promise<T> {
    const answer = await this.request(method, path, body)
    const text = await answer.text()
    if (!answer.ok) throw new AppApiRefusal(`${method} ${path}`, answer.status, text)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
}

/** `GET /realtime` as whoever holds the session. */
export function openStream(session: AppClient, after?: number): Promise<EventStream> {
  return session.openStream(after === undefined ? {} : { after })
}

/** What somebody is told who is not logged in. */
export function askAsStranger(
  server: Server,
  method: Method,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return callApp(server, method, path, body, headers)
}

const sameOrigin = (server: Server): Record<string, string> => ({
  accept: 'application/json',
  origin: server.url,
  'sec-fetch-site': 'same-origin',
})

async function callApp(
  server: Server,
  method: Method,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Response> {
  const hasBody = body !== undefined
  const own = sameOrigin(server)
  if (hasBody) own['content-type'] = 'application/json'
  const raw = {
    method,
    path: `${BASE}${path}`,
    headers: { ...own, ...headers },
    body: Buffer.from(hasBody ? JSON.stringify(body) : ''),
  }
  return sendRaw(server.url, raw, server.agent)
}

function parseError(text: string): ApiError['error'] | undefined {
  try {
    return (JSON.parse(text) as Partial<ApiError>).error
  } catch {
    return undefined
  }
}
