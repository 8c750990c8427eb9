import type { ChannelCard } from '@parley/protocol/model'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { copyText } from '../../../parts/copy-text.ts'
import { TabPanel, Tabs } from '../../../parts/Tabs.tsx'
import { toast } from '../../../parts/toast.ts'
import { fillSnippet, type SnippetIds } from './fill-snippet.ts'
import { SNIPPETS, type SnippetLanguage } from './snippets.ts'

const NAMES: Record<SnippetLanguage, string> = {
  php: 'PHP',
  python: 'Python',
  typescript: 'TypeScript',
  go: 'Go',
  csharp: 'C#',
  java: 'Java',
  shell: 'Shell',
}
const LANGUAGES = Object.keys(NAMES) as SnippetLanguage[]

/** Code that signs as it must, for this channel, in the language one writes. */
export function Snippets({ channel, ids }: { channel: ChannelCard; ids: SnippetIds }) {
  const [language, setLanguage] = useState<SnippetLanguage>('php')
  const code = fillSnippet(SNIPPETS[language], ids)
  return (
    <section aria-labelledby="lab-snippets" className="flex flex-col gap-2">
      <h2 id="lab-snippets" className="text-md font-semibold">
        {t('lab.snippets')}
      </h2>
      <p className="max-w-160 text-ink-2">{t('lab.snippetsHint')}</p>
      {channel.connection === null && <p className="text-warn">{t('lab.notConnected')}</p>}
      <Tabs
        label={t('lab.snippetLanguages')}
        value={language}
        onChange={setLanguage}
        className="[&_[role=tablist]]:px-0"
        tabs={LANGUAGES.map((value) => ({ value, label: NAMES[value] }))}
      >
        <TabPanel value={language}>
          <div className="relative mt-1">
            <Button size="sm" className="absolute end-2 top-2" onClick={() => void copy(code)}>
              <Copy size={14} aria-hidden="true" />
              {t('parts.copy')}
            </Button>
            <section
              // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach that
              tabIndex={0}
              dir="ltr"
              aria-label={t('lab.snippetOf', { language: NAMES[language] })}
              className="max-h-[60dvh] overflow-auto rounded-lg border border-line bg-sunken p-3.5"
            >
              <pre className="font-mono text-xs [tab-size:4]">{code}</pre>
            </section>
          </div>
        </TabPanel>
      </Tabs>
    </section>
  )
}

async function copy(code: string): Promise<void> {
  toast({ text: t((await copyText(code)) ? 'parts.copied' : 'parts.notCopied') })
}
