import { t } from '../../../i18n/t.ts'
import { Checkbox } from '../../../parts/Checkbox.tsx'
import { NumberField } from '../../../parts/NumberField.tsx'
import { RadioGroup } from '../../../parts/RadioGroup.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { SettingsCard } from '../SettingsPage.tsx'
import type { FormPartProps } from './form-part.ts'

/** What a channel can carry: what people are offered in its chats. */
export function AbilityFields(props: FormPartProps) {
  const { form, change } = props
  return (
    <SettingsCard title={t('channels.abilities')} hint={t('channels.abilitiesHint')}>
      <div className="flex flex-col gap-4">
        <Checkbox
          label={t('channels.writeFirst')}
          hint={t('channels.writeFirstHint')}
          isChecked={form.writeFirst}
          onChange={(writeFirst) => change({ writeFirst })}
        />
        <WindowFields {...props} />
        <ReactionFields {...props} />
        <Checkbox
          label={t('channels.quotes')}
          hint={t('channels.quotesHint')}
          isChecked={form.supportsReply}
          onChange={(supportsReply) => change({ supportsReply })}
        />
        <Checkbox
          label={t('channels.voice')}
          isChecked={form.supportsVoice}
          onChange={(supportsVoice) => change({ supportsVoice })}
        />
        <FileFields {...props} />
      </div>
    </SettingsCard>
  )
}

function WindowFields({ form, change, problems }: FormPartProps) {
  return (
    <>
      <Checkbox
        label={t('channels.window')}
        hint={t('channels.windowHint')}
        isChecked={form.hasWindow}
        onChange={(hasWindow) => change({ hasWindow })}
      />
      {form.hasWindow && (
        <NumberField
          label={t('channels.windowHours')}
          className="max-w-60 ps-6"
          value={form.windowHours}
          onChange={(windowHours) => change({ windowHours })}
          unit={t('channels.hours')}
          error={problems.timeWindowSeconds}
        />
      )}
    </>
  )
}

function ReactionFields({ form, change, problems }: FormPartProps) {
  return (
    <>
      <RadioGroup
        label={t('channels.reactions')}
        value={form.reactions}
        onChange={(reactions) => change({ reactions })}
        options={(['all', 'some', 'none'] as const).map((value) => ({
          value,
          label: t(`channels.reactionKind.${value}`),
        }))}
      />
      {form.reactions === 'some' && (
        <TextField
          label={t('channels.emoji')}
          hint={t('channels.emojiHint')}
          className="ps-6"
          placeholder="👍 ❤️ 🔥"
          autoComplete="off"
          value={form.emoji}
          onChange={(emoji) => change({ emoji })}
          error={problems.reactions}
        />
      )}
    </>
  )
}

function FileFields({ form, change, problems }: FormPartProps) {
  return (
    <>
      <Checkbox
        label={t('channels.savesFiles')}
        hint={t('channels.savesFilesHint')}
        isChecked={form.savesFiles}
        onChange={(savesFiles) => change({ savesFiles })}
      />
      <NumberField
        label={t('channels.maxFile')}
        className="max-w-60"
        value={form.maxFileMb}
        onChange={(maxFileMb) => change({ maxFileMb })}
        unit={t('channels.megabytes')}
        error={problems.maxFileBytes}
      />
    </>
  )
}
