import type { SignatureCheck, SignatureMistake } from '@parley/protocol/model'
import { BadgeCheck, CircleAlert, CircleHelp } from 'lucide-react'
import { t } from '../../../i18n/t.ts'
import { longDuration } from '../../../parts/format.ts'
import { Details } from './Details.tsx'
import { SignedLines } from './SignedLines.tsx'

/** What is wrong, first in a sentence; then line by line; then everything else. */
export function Explanation({ check }: { check: SignatureCheck }) {
  const [first, ...others] = check.mistakes
  return (
    <div className="flex flex-col gap-5">
      {check.isRight ? (
        <Right check={check} />
      ) : (
        first && <FirstMistake mistake={first} isMade={check.scheme !== null} />
      )}
      {others.length > 0 && <Others mistakes={others} />}
      {check.request.notes.length > 0 && <Notes check={check} />}
      <SignedLines check={check} />
      <Details check={check} />
    </div>
  )
}

function Right({ check: { scheme, secret } }: { check: SignatureCheck }) {
  return (
    <div className="flex gap-3 rounded-lg bg-ok-soft p-3.5">
      <BadgeCheck size={20} aria-hidden="true" className="mt-px shrink-0 text-ok" />
      <div className="min-w-0">
        <p className="text-md font-semibold">{t('lab.right')}</p>
        <p className="mt-0.5 text-ink-2">
          {t(`lab.rightBy.${scheme ?? 'header'}`)} {secret === 'previous' && t('lab.rightByPrevious')}
        </p>
      </div>
    </div>
  )
}

function FirstMistake({ mistake, isMade }: { mistake: SignatureMistake; isMade: boolean }) {
  const { title, cure } = wordsOf(mistake)
  const { isCertain } = mistake
  const Sign = isCertain ? CircleAlert : CircleHelp
  return (
    <div className={isCertain ? 'flex gap-3 rounded-lg bg-bad-soft p-3.5' : 'flex gap-3 rounded-lg bg-warn-soft p-3.5'}>
      <Sign
        size={20}
        aria-hidden="true"
        className={isCertain ? 'mt-px shrink-0 text-bad' : 'mt-px shrink-0 text-warn'}
      />
      <div className="min-w-0">
        <p className="text-md font-semibold text-balance [overflow-wrap:anywhere]">{title}</p>
        <p className="mt-0.5 text-ink-2 text-pretty [overflow-wrap:anywhere]">{cure}</p>
        <p className="mt-1.5 text-xs text-ink-2">
          <strong className="font-semibold">{t(isCertain ? 'lab.certain' : 'lab.likely')}</strong>
          {isCertain && isMade && ` · ${t('lab.certainHint')}`}
        </p>
      </div>
    </div>
  )
}

function Others({ mistakes }: { mistakes: readonly SignatureMistake[] }) {
  return (
    <section aria-labelledby="lab-besides">
      <h3 id="lab-besides" className="mb-1.5 font-semibold">
        {t('lab.besides')}
      </h3>
      <ul className="flex flex-col gap-2">
        {mistakes.map((mistake) => {
          const { title, cure } = wordsOf(mistake)
          return (
            <li key={mistake.kind} className="[overflow-wrap:anywhere]">
              <span className="font-medium">{title}</span>
              {!mistake.isCertain && <span className="ms-1.5 text-xs text-ink-3">{t('lab.likely')}</span>}
              <span className="block text-ink-2">{cure}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Notes({ check }: { check: SignatureCheck }) {
  return (
    <ul className="flex flex-col gap-1 rounded-lg border border-line px-3.5 py-2.5 text-ink-2">
      {check.request.notes.map((note) => (
        <li key={note}>{t(`lab.note.${note}`)}</li>
      ))}
    </ul>
  )
}

function wordsOf({ kind, value, seconds }: SignatureMistake) {
  const values = { value: value ?? '', duration: longDuration((seconds ?? 0) * 1000) }
  return { title: t(`lab.mistakes.${kind}.title`, values), cure: t(`lab.mistakes.${kind}.cure`, values) }
}
