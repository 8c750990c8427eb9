import type { ChannelId, SignatureCheck, SignatureCheckRequest } from '@parley/protocol/model'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { FlaskConical } from 'lucide-react'
import { useRef } from 'react'
import { checkSignature, loggedCheckQuery } from '../../../data/developer/signatures.ts'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { readFormProblem } from '../../../parts/form-problem.ts'
import { format } from '../../../parts/format.ts'
import { Notice, Problem } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { PHONE, useMedia } from '../../../parts/use-media.ts'
import type { TabProps } from '../tab-props.ts'
import { Explanation } from './Explanation.tsx'
import type { SnippetIds } from './fill-snippet.ts'
import { RequestForm } from './RequestForm.tsx'
import { Snippets } from './Snippets.tsx'

/** The signature lab: a request on one side, what is wrong with how it is signed on the other, and code that does it right. */
export function LabTab({ channel }: TabProps) {
  const { account } = useMe()
  const { request } = useSearch({ strict: false }) as { request?: unknown }
  const ids = {
    baseUrl: window.location.origin,
    channelId: channel.id,
    scopeId: `${channel.id}_${account.amojoId}`,
  }
  return (
    <div data-pane tabIndex={-1} className="@container min-h-0 flex-1 overflow-y-auto outline-none">
      <div className="mx-auto flex max-w-300 flex-col gap-8 p-4 @4xl:p-6">
        {typeof request === 'string' ? (
          <Logged channelId={channel.id} requestId={request} />
        ) : (
          <Pasted channelId={channel.id} ids={ids} />
        )}
        <Snippets channel={channel} ids={ids} />
      </div>
    </div>
  )
}

/** A request of the log, by its id in the address. */
function Logged({ channelId, requestId }: { channelId: ChannelId; requestId: string }) {
  const navigate = useNavigate()
  const query = useQuery(loggedCheckQuery(channelId, requestId))
  const away = () => navigate({ to: '/developer/$channelId/$tab', params: { channelId, tab: 'lab' }, search: {} })
  return (
    <section aria-label={t('lab.result')} className="flex max-w-200 flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-md font-semibold">
          {t('lab.logged')}
          {query.data && (
            <span className="ms-2 text-xs font-normal text-ink-3">{format.fullTime(query.data.checkedAt)}</span>
          )}
        </h2>
        <Button size="sm" onClick={() => void away()}>
          {t('lab.pasteInstead')}
        </Button>
      </div>
      {query.data ? (
        <Explanation check={query.data} />
      ) : query.isError ? (
        <Problem title={t('lab.failed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows count={6} height={48} />
      )}
    </section>
  )
}

function Pasted({ channelId, ids }: { channelId: ChannelId; ids: SnippetIds }) {
  const isPhone = useMedia(PHONE)
  const result = useRef<HTMLElement>(null)
  const { mutate, data, error, isPending, variables } = useMutation<SignatureCheck, Error, SignatureCheckRequest>({
    mutationFn: (wish) => checkSignature(channelId, wish),
    // Where it stands below the form, nobody would see it come.
    onSuccess: () => isPhone && requestAnimationFrame(() => scrollTo(result.current)),
  })
  const { fields, rest } = readFormProblem(error, ['pasted', 'headers', 'parts'])
  const problem = fields.pasted ?? fields.headers ?? fields.parts
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-6 @4xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
      <div className="flex flex-col gap-4">
        <p className="text-ink-2 text-pretty">{t('lab.about')}</p>
        <RequestForm ids={ids} isChecking={isPending} problem={problem} onCheck={mutate} />
        {rest !== undefined && problem === undefined && (
          <p role="alert" className="text-bad">
            {t('lab.failed')}. {rest}
          </p>
        )}
      </div>
      <section
        ref={result}
        aria-label={t('lab.result')}
        aria-live="polite"
        aria-busy={isPending}
        className={clsx('min-w-0 transition-opacity', isPending && 'opacity-60')}
      >
        {data && !error ? (
          <Explanation key={JSON.stringify(variables)} check={data} />
        ) : (
          <Notice
            title={t('lab.empty')}
            hint={t('lab.emptyHint')}
            drawing={<FlaskConical size={28} strokeWidth={1.6} aria-hidden="true" className="text-ink-3" />}
          />
        )}
      </section>
    </div>
  )
}

const MARGIN_PX = 16

/** Scrolls the pane alone: `scrollIntoView` would move the whole app. */
function scrollTo(element: HTMLElement | null): void {
  const pane = element?.closest('[data-pane]')
  if (!element || !pane) return
  pane.scrollTop += element.getBoundingClientRect().top - pane.getBoundingClientRect().top - MARGIN_PX
}
