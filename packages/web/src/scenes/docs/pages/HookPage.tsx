import type { ApiDocument } from '../../../data/docs/openapi.ts'
import { t } from '../../../i18n/t.ts'
import { Markdown } from '../markdown/Markdown.tsx'
import type { Page } from '../reference.ts'
import { Answers } from './Answers.tsx'
import { Examples } from './Examples.tsx'
import { Body, Parameters } from './OperationPage.tsx'
import { PageHead, PagePart } from './PageParts.tsx'

const CHECKING = `Check the signature before you read anything: HMAC-SHA1 in lower-case hex over **the bytes of the body as they arrived** and nothing
else, keyed with the secret of the channel, compared in constant time with \`X-Signature\`. Make no text of the body and back again
before that. Answer 2xx as soon as it is kept; work afterwards. A hook that was answered otherwise, or not in time, comes again
under the same \`X-Request-Id\`.`

/** What Parley sends to a channel. */
export function HookPage({ page, document }: { page: Extract<Page, { kind: 'hook' }>; document: ApiDocument }) {
  const { operation, title } = page
  return (
    <>
      <PageHead title={title}>
        <Markdown text={[operation.summary, operation.description].filter(Boolean).join(' ')} />
      </PageHead>
      <div className="grid gap-x-8 @4xl:grid-cols-[minmax(0,1fr)_minmax(0,25rem)]">
        <div className="min-w-0">
          <PagePart title={t('docs.signature')} id="signature">
            <Markdown text={CHECKING} />
          </PagePart>
          <Parameters operation={operation} document={document} />
          <Body operation={operation} document={document} />
          <Answers operation={operation} document={document} />
        </div>
        <div className="min-w-0">
          <Examples operation={operation} document={document} />
        </div>
      </div>
    </>
  )
}
