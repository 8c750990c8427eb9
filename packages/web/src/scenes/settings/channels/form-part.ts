import type { ChannelForm, FormChange } from './channel-form.ts'
import type { FieldProblems } from './use-channel-check.ts'

/** What every part of the form is given. */
export interface FormPartProps {
  form: ChannelForm
  change: FormChange
  problems: FieldProblems
}
