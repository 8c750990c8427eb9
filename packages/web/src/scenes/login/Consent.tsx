import type { Consent as Asking, ConsentRequest } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { ApiRefusal } from '../../data/api.ts'
import { type Asked, consentHref, readAsked } from '../../data/integrations/asked.ts'
import { consentQuery, decideConsent } from '../../data/integrations/endpoints.ts'
import { meQuery } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { Notice, Problem, reasonOf } from '../../parts/Notice.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { DoorAlert, DoorFrame, DoorTitle } from './DoorFrame.tsx'

/** Somebody is asked whether a program may work in his account. */
export function Consent() {
  const [asked] = useState(() => readAsked(consentHref()))
  const { clientId, redirectUri } = asked
  const query = useQuery(consentQuery({ clientId, redirectUri }))
  return (
    <DoorFrame title={t('consent.title')}>
      {query.data ? (
        <Question asked={asked} consent={query.data} />
      ) : query.error instanceof ApiRefusal && [400, 404].includes(query.error.status) ? (
        <Notice title={t('consent.wrongLink')} hint={`${reasonOf(query.error)}.`} isAlert />
      ) : query.isError ? (
        <Problem title={t('consent.failed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows count={5} />
      )}
    </DoorFrame>
  )
}

function Question({ asked, consent }: { asked: Asked; consent: Asking }) {
  const me = useQuery(meQuery).data
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const { integration, scopes, accountName, redirectHost, canAllow, isInstalled } = consent

  async function decide(decision: ConsentRequest['decision']) {
    setState({ isBusy: true })
    try {
      goOn((await decideConsent(toRequest(asked, decision))).url, asked.mode)
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <div className="flex flex-col gap-4">
      <DoorTitle hint={t(integration.isOwn ? 'consent.own' : 'consent.by', { owner: integration.ownerName })}>
        {t('consent.question', { name: integration.name, account: accountName })}
      </DoorTitle>
      {integration.about && (
        <p dir="auto" className="break-words text-ink-2">
          {integration.about}
        </p>
      )}
      <ul aria-label={t('consent.may')} className="flex flex-col gap-2">
        {scopes.map((scope) => (
          <li key={scope} className="flex items-start gap-2">
            <Check size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-good" />
            {t(`integrations.scopeMay.${scope}`)}
          </li>
        ))}
      </ul>
      <p className="text-xs text-ink-3 text-pretty">
        {t('consent.as', { name: me?.user.name ?? '', host: redirectHost })}
        {isInstalled && ` ${t('consent.again')}`}
      </p>
      {!canAllow && <DoorAlert>{t('consent.onlyAdmins')}</DoorAlert>}
      {state.error !== undefined && <DoorAlert>{`${reasonOf(state.error)}.`}</DoorAlert>}
      <div className="flex flex-wrap justify-end gap-2">
        <Button disabled={state.isBusy} onClick={() => void decide('decline')}>
          {t('consent.decline')}
        </Button>
        {canAllow && (
          <Button look="primary" disabled={state.isBusy} onClick={() => void decide('allow')}>
            {t('consent.allow')}
          </Button>
        )}
      </div>
    </div>
  )
}

function toRequest({ clientId, redirectUri, state, ...proof }: Asked, decision: ConsentRequest['decision']) {
  const given = {
    redirectUri,
    state,
    codeChallenge: proof.codeChallenge,
    codeChallengeMethod: proof.codeChallengeMethod,
  }
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { clientId, decision, ...known } as ConsentRequest
}

/** Back to the program: as a message to the page that opened this one, of the same origin as the address, or by going there. */
function goOn(url: string, mode: string | undefined): void {
  const opener = window.opener as Window | null
  if (mode !== 'post_message' || opener === null) {
    location.assign(url)
    return
  }
  const { origin, searchParams } = new URL(url)
  opener.postMessage({ url, ...Object.fromEntries(searchParams) }, origin)
  window.close()
}
