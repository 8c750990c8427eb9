import type { SignatureCheck, SignedLine } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { Equal, EqualNot } from 'lucide-react'
import { t } from '../../../i18n/t.ts'
import { findDifference, showControls } from './find-difference.ts'

const NAMES = { contentMd5: 'Content-MD5', contentType: 'Content-Type', date: 'Date' } as const

const nameOf = ({ part }: SignedLine) => (part === 'method' || part === 'path' ? t(`lab.part.${part}`) : NAMES[part])

/** The five lines as they must be signed, against what the given signature was made of. */
export function SignedLines({ check: { lines, signedText, scheme } }: { check: SignatureCheck }) {
  const isKnown = scheme === 'header'
  return (
    <section aria-labelledby="lab-lines">
      <h3 id="lab-lines" className="mb-1.5 font-semibold">
        {t('lab.lines')}
      </h3>
      {scheme === null && <p className="mb-2 text-xs text-ink-3">{t('lab.signedUnknown')}</p>}
      <ol className="overflow-hidden rounded-lg border border-line">
        {lines.map((line) => (
          <Line key={line.part} line={line} isKnown={isKnown} />
        ))}
      </ol>
      {signedText !== null && (
        <figure className="mt-3">
          <figcaption className="mb-1 text-xs text-ink-3">{t('lab.signedText')}</figcaption>
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach that
            tabIndex={0}
            className="max-h-40 overflow-auto rounded-md bg-sunken p-2.5 font-mono text-xs break-all whitespace-pre-wrap"
          >
            {showControls(signedText)}
          </pre>
        </figure>
      )}
    </section>
  )
}

function Line({ line, isKnown }: { line: SignedLine; isKnown: boolean }) {
  const { expected, signed } = line
  const differs = isKnown && signed !== expected
  return (
    <li
      className={clsx(
        'grid grid-cols-[minmax(0,1fr)] gap-x-3 gap-y-1 border-line px-3 py-2 not-first:border-t @2xl:grid-cols-[7.5rem_minmax(0,1fr)]',
        differs && 'bg-bad-soft',
      )}
    >
      <span className="flex items-center gap-1.5 self-start text-xs font-medium text-ink-2">
        {isKnown &&
          (differs ? (
            <EqualNot size={14} aria-hidden="true" className="text-bad" />
          ) : (
            <Equal size={14} aria-hidden="true" className="text-ok" />
          ))}
        {nameOf(line)}
        {isKnown && <span className="sr-only">{t(differs ? 'lab.differs' : 'lab.same')}</span>}
      </span>
      {differs ? (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 gap-y-1">
          <dt className="text-xs text-ink-2">{t('lab.expected')}</dt>
          <dd className="min-w-0">
            <Value text={expected} other={signed ?? ''} />
          </dd>
          <dt className="text-xs text-ink-2">{t('lab.signed')}</dt>
          <dd className="min-w-0">
            {signed === null ? (
              <span className="text-xs text-bad">{t('lab.notSigned')}</span>
            ) : (
              <Value text={signed} other={expected} />
            )}
          </dd>
        </dl>
      ) : (
        <Value text={expected} other={expected} />
      )}
    </li>
  )
}

/** What differs is underlined and bold, so that it is seen without colours, too. */
function Value({ text, other }: { text: string; other: string }) {
  if (text === '') return <span className="text-xs text-ink-3">{t('lab.emptyLine')}</span>
  const { before, differing, behind } = findDifference(text, other)
  return (
    <code dir="ltr" className="font-mono text-xs break-all whitespace-pre-wrap">
      {showControls(before)}
      {differing !== '' && (
        <mark className="bg-transparent font-bold text-bad underline decoration-2 underline-offset-2">
          {showControls(differing)}
        </mark>
      )}
      {showControls(behind)}
    </code>
  )
}
