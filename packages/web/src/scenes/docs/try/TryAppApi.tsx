import { useState } from 'react'
import { type Sent, sendAsMe } from '../../../data/docs/try-it.ts'
import { t } from '../../../i18n/t.ts'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import { CodeBlock } from '../CodeBlock.tsx'
import { fillPath, pretty, toQuery } from './fill-request.ts'
import { Hint, type TryProps } from './Hint.tsx'
import { RequestForm } from './RequestForm.tsx'
import { useTry } from './use-try.ts'

const LONGEST_SHOWN = 50_000

/** With one's own session and rights. What may change something is asked about before. */
export function TryAppApi({ page, document, me }: TryProps) {
  const given = useTry({ page, document, amojoId: me.account.amojoId, known: {} })
  const [isAsked, setAsked] = useState(false)
  const [state, setState] = useState<{ isBusy: boolean; sent?: Sent; error?: unknown }>({ isBusy: false })
  const query = toQuery(given.inQuery, given.values)
  const path = fillPath(page.path, given.values) + (query && `?${query}`)
  const method = page.method.toUpperCase()

  async function send() {
    setState({ isBusy: true })
    try {
      setState({ isBusy: false, sent: await sendAsMe(method, path, given.body) })
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <>
      <RequestForm
        path={page.path}
        given={given}
        isBusy={state.isBusy}
        error={state.error}
        onSend={() => (page.method === 'get' ? void send() : setAsked(true))}
      >
        <Hint>{t('docs.try.asMe', { name: me.user.name, account: me.account.name })}</Hint>
      </RequestForm>
      {state.sent && <Answered sent={state.sent} />}
      <ConfirmDialog
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t('docs.try.confirm', { request: `${method} ${path}` })}
        description={t('docs.try.confirmHint', { account: me.account.name })}
        confirmLabel={t('docs.try.sendNow')}
        isDangerous={page.method === 'delete'}
        onConfirm={send}
      />
    </>
  )
}

function Answered({ sent: { status, body, durationMs } }: { sent: Sent }) {
  const text = body === '' ? t('docs.try.emptyAnswer') : pretty(body)
  return (
    <section aria-label={t('docs.try.result')}>
      <CodeBlock
        label={t('docs.try.answered', { status, ms: durationMs })}
        text={text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}\n…` : text}
      />
    </section>
  )
}
