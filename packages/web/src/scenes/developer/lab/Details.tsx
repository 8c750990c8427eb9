import type { SignatureCheck } from '@parley/protocol/model'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../../../i18n/t.ts'

/** The values in between, what was read of the request, and what the chats API says to it. */
export function Details({ check }: { check: SignatureCheck }) {
  const { digest, signature, refusal } = check
  const isDated = check.lines.some(({ part, expected }) => part === 'date' && expected !== '')
  return (
    <>
      <section aria-labelledby="lab-values">
        <h3 id="lab-values" className="mb-1.5 font-semibold">
          {t('lab.values')}
        </h3>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 @2xl:grid-cols-2">
          <Pair name={t('lab.digest')} expected={<Code text={digest.expected} />} given={digest.given} />
          <Pair
            name="X-Signature"
            expected={
              signature.expected === null ? (
                <span className="text-xs text-ink-3">{t(isDated ? 'lab.notShown' : 'lab.notShownUndated')}</span>
              ) : (
                <Code text={signature.expected} />
              )
            }
            given={signature.given}
          />
        </div>
      </section>
      <div className="divide-y divide-line border-y border-line">
        <Fold title={t('lab.read')}>
          <ReadRequest check={check} />
        </Fold>
        {refusal !== null && (
          <Fold title={t('lab.refusal')}>
            <pre className="font-mono text-xs break-all whitespace-pre-wrap">{refusal}</pre>
          </Fold>
        )}
      </div>
    </>
  )
}

const Code = ({ text }: { text: string }) => (
  <code dir="ltr" className="font-mono text-xs break-all">
    {text}
  </code>
)

function Pair({ name, expected, given }: { name: string; expected: ReactNode; given: string | null }) {
  return (
    <dl className="grid min-w-0 grid-cols-[auto_minmax(0,1fr)] content-start items-baseline gap-x-2 gap-y-0.5">
      <dt className="col-span-2 text-xs font-medium text-ink-2">{name}</dt>
      <dt className="text-xs text-ink-3">{t('lab.expectedValue')}</dt>
      <dd className="min-w-0">{expected}</dd>
      <dt className="text-xs text-ink-3">{t('lab.given')}</dt>
      <dd className="min-w-0">
        {given === null ? <span className="text-xs text-ink-3">{t('lab.missing')}</span> : <Code text={given} />}
      </dd>
    </dl>
  )
}

function Fold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="group">
      <summary className="flex cursor-pointer list-none items-center gap-1.5 py-2.5 font-medium select-none [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={15}
          aria-hidden="true"
          className="text-ink-3 transition-transform group-open:rotate-90 rtl:-scale-x-100"
        />
        {title}
      </summary>
      <div className="pb-3">{children}</div>
    </details>
  )
}

function ReadRequest({ check: { request } }: { check: SignatureCheck }) {
  const { method, path, query, headers, body, bodyBytes } = request
  const head = [`${method} ${path}${query}`, ...headers.map(({ name, value }) => `${name}: ${value}`)]
  return (
    <div className="flex flex-col gap-2">
      <pre className="rounded-md bg-sunken p-2.5 font-mono text-xs break-all whitespace-pre-wrap">
        {head.join('\n')}
      </pre>
      <p className="text-xs text-ink-3">
        {bodyBytes === 0 ? t('lab.noBody') : t('lab.bodyBytes', { count: bodyBytes })}
      </p>
      {bodyBytes > 0 && (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach that
          tabIndex={0}
          className="max-h-60 overflow-auto rounded-md bg-sunken p-2.5 font-mono text-xs break-all whitespace-pre-wrap"
        >
          {body}
        </pre>
      )}
    </div>
  )
}
