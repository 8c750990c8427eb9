import type analytics from './en/analytics.json'
import type audit from './en/audit.json'
import type card from './en/card.json'
import type channels from './en/channels.json'
import type common from './en/common.json'
import type composer from './en/composer.json'
import type contacts from './en/contacts.json'
import type deliveries from './en/deliveries.json'
import type developer from './en/developer.json'
import type docs from './en/docs.json'
import type hours from './en/hours.json'
import type inbox from './en/inbox.json'
import type incoming from './en/incoming.json'
import type integrations from './en/integrations.json'
import type lab from './en/lab.json'
import type lead from './en/lead.json'
import type link from './en/link.json'
import type login from './en/login.json'
import type noticeSettings from './en/notice-settings.json'
import type notifications from './en/notifications.json'
import type people from './en/people.json'
import type personData from './en/person-data.json'
import type pipeline from './en/pipeline.json'
import type pipelines from './en/pipelines.json'
import type points from './en/points.json'
import type registrations from './en/registrations.json'
import type requests from './en/requests.json'
import type said from './en/said.json'
import type search from './en/search.json'
import type security from './en/security.json'
import type settings from './en/settings.json'
import type simulator from './en/simulator.json'
import type task from './en/task.json'
import type tasks from './en/tasks.json'
import type templates from './en/templates.json'
import type testRun from './en/test-run.json'
import type thread from './en/thread.json'
import type values from './en/values.json'
import type workSettings from './en/work-settings.json'

/**
 * The texts by the file they stand in, `en/<namespace>.json`. A new namespace is that file, its import and its line here;
 * keys carry no namespace: the trees are laid over one another.
 */
export interface Namespaces {
  analytics: typeof analytics
  card: typeof card
  channels: typeof channels
  common: typeof common
  composer: typeof composer
  contacts: typeof contacts
  deliveries: typeof deliveries
  developer: typeof developer
  docs: typeof docs
  hours: typeof hours
  inbox: typeof inbox
  incoming: typeof incoming
  integrations: typeof integrations
  lab: typeof lab
  lead: typeof lead
  link: typeof link
  login: typeof login
  'notice-settings': typeof noticeSettings
  notifications: typeof notifications
  people: typeof people
  'person-data': typeof personData
  pipelines: typeof pipelines
  security: typeof security
  settings: typeof settings
  audit: typeof audit
  tasks: typeof tasks
  templates: typeof templates
  pipeline: typeof pipeline
  points: typeof points
  requests: typeof requests
  registrations: typeof registrations
  said: typeof said
  search: typeof search
  simulator: typeof simulator
  task: typeof task
  'test-run': typeof testRun
  thread: typeof thread
  values: typeof values
  'work-settings': typeof workSettings
}

export type Namespace = keyof Namespaces

type Suffix = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
type WithoutSuffix<Key extends string> = Key extends `${infer Base}_${Suffix}` ? Base : Key
type KeysOf<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? WithoutSuffix<Key> : `${Key}.${KeysOf<Tree[Key]>}`
}[keyof Tree & string]

/** A text of the screens, e.g. `inbox.title`; one that counts is named without its plural suffix. */
export type TextKey = { [Name in Namespace]: KeysOf<Namespaces[Name]> }[Namespace]
