import {
  type ActingClient,
  edits,
  type MessageName,
  reacts,
  reports,
  types,
  type WireContent,
  writes,
} from '@parley/protocol/client-acts'
import type { RequestFault, SignedExchange, SignedRequestInput, Simulator } from '@parley/protocol/model'
import { useState } from 'react'
import type { PhoneMessage } from '../../../data/developer/fold-conversation.ts'
import type { SimulatorActs } from '../../../data/developer/simulator.ts'
import { newMessageId } from '../../../data/new-id.ts'
import { t } from '../../../i18n/t.ts'
import { reasonOf } from '../../../parts/Notice.tsx'
import { toast } from '../../../parts/toast.ts'

export type Fault = RequestFault | 'none'
export interface Quoting {
  message: PhoneMessage
  how: 'reply' | 'forward'
}

type Wish = Pick<SignedRequestInput, 'method' | 'path' | 'body'>

/** What a client does on his phone, on its way through the signed API, with what goes wrong there. */
export function useClientActs(simulator: Simulator, acts: SimulatorActs, client: ActingClient) {
  const [fault, setFault] = useState<Fault>('none')
  /** With `reorder`: what waits to be overtaken. */
  const [held, setHeld] = useState<Wish>()
  const [isBusy, setBusy] = useState(false)

  async function go(wish: SignedRequestInput): Promise<boolean> {
    setBusy(true)
    try {
      const exchanges = await acts.send(wish)
      const refused = exchanges.find(({ answer }) => answer.status >= 300)
      if (refused) toast({ text: describe(refused), tone: 'bad' })
      return !refused
    } catch (error) {
      toast({ text: t('simulator.notSent', { reason: reasonOf(error) }), tone: 'bad' })
      return false
    } finally {
      setBusy(false)
    }
  }

  function post(below: string, body: unknown): Promise<boolean> {
    const wish: Wish = {
      method: 'POST',
      path: `/v2/origin/custom/${simulator.scopeId}${below}`,
      body: JSON.stringify(body),
    }
    if (held) {
      setHeld(undefined)
      return go({ ...held, fault: 'reorder', overtakenBy: wish })
    }
    if (fault === 'reorder') {
      setHeld(wish)
      return Promise.resolve(true)
    }
    return go({ ...wish, ...(fault !== 'none' && { fault }) })
  }

  return {
    fault,
    setFault,
    isHeld: held !== undefined,
    isBusy,
    write(content: WireContent, quoting?: Quoting): Promise<boolean> {
      const quoted = quoting && nameOf(quoting.message)
      return post(
        '',
        writes(client, {
          msgid: `sim-${newMessageId()}`,
          atMs: Date.now(),
          content,
          ...(quoting?.how === 'reply' ? { replyTo: quoted } : { forwards: quoted }),
        }),
      )
    },
    edit: (message: PhoneMessage, text: string) =>
      post('', edits(client.id, message.msgid ?? '', { text, atMs: message.atMs })),
    react: (message: PhoneMessage, emoji: string | undefined) =>
      post('/react', reacts(client.id, nameOf(message), emoji)),
    type: () => post('/typing', types(client.id)),
    report: (message: PhoneMessage, status: 'delivered' | 'read' | 'error') =>
      post(`/${message.id}/delivery_status`, reports(message.id, status, t('simulator.reportedError'))),
  }
}

export type ClientActs = ReturnType<typeof useClientActs>

const nameOf = ({ id, msgid }: PhoneMessage): MessageName => (msgid === null ? { id } : { msgid })

/** What the chats API had against it. */
export function describe({ answer }: SignedExchange): string {
  return t('simulator.refused', { status: answer.status, reason: reasonIn(answer.body) })
}

function reasonIn(body: string): string {
  try {
    return String((JSON.parse(body) as { error_description?: unknown }).error_description ?? body)
  } catch {
    return body
  }
}
